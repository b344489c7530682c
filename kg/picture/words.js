"use strict";
const WORDS = {
  zh: {
    language: "English", count: "{0} / {1} 条关系，{2} 个实体", search: "搜索", firm: "只看一家（及其邻居）", steps: "几步之内",
    since: "起", until: "止", dates: "关系的日期，未写明的用文档日期", status: "状态", types: "实体类型", relations: "关系类型",
    all: "全选", none: "全不选", reset: "重置", nothing: "没有符合条件的关系", date: "日期", terms: "条款", type: "类型",
    names: "别名", rule: "规则", confidence: "置信度", sentences: "原文", only: "只看它", document: "文档", closer: "放大",
    farther: "缩小", whole: "全图", start: "点一条线看原文，点一个点看它的关系。拖动画面移动，滚轮缩放，双击一个点只看它。",
    completed: "已完成", agreed: "已签署", planned: "计划中", negotiating: "洽谈中", conditional: "有条件", terminated: "已终止",
    denied: "已否认", "": "未注明",
  },
  en: {
    language: "中文", count: "{0} of {1} relations, {2} entities", search: "Search", firm: "Only one firm (and its neighbours)",
    steps: "within how many steps", since: "Since", until: "Until", dates: "the date of the relation, else that of its document",
    status: "Status", types: "Entities", relations: "Relations", all: "all", none: "none", reset: "Reset",
    nothing: "no relation fits", date: "Date", terms: "Terms", type: "Type", names: "Also", rule: "Rule",
    confidence: "Confidence", sentences: "Said in", only: "Only this", document: "Document", closer: "Zoom in",
    farther: "Zoom out", whole: "Whole picture",
    start: "Click on a line for its sentence, on a point for its relations. Drag to move, turn the wheel to zoom, double-click a point to see it alone.",
    completed: "completed", agreed: "agreed", planned: "planned", negotiating: "negotiating", conditional: "conditional",
    terminated: "terminated", denied: "denied", "": "not told",
  },
};
let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";

/** A word of the interface; `{0}`, `{1}`, … are replaced. */
function word(key, ...values) {
  return WORDS[language][key].replace(/\{(\d)\}/g, (_, place) => values[place]);
}

/** What a type of entity or relation is called. */
function title(type) {
  return language === "zh" ? type.zh : type.name.toLowerCase().replaceAll("_", " ");
}
