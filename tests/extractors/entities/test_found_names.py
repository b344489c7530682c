"""Every detector of names on sentences of its own: what it finds, and what it leaves alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Find = Callable[[str], dict[str, str]]

FOUND = [
    # legal names
    ("甲辰云图科技股份有限公司完成股改。", "甲辰云图科技股份有限公司", "Company"),
    ("乙未光联（苏州）半导体有限公司获得融资。", "乙未光联（苏州）半导体有限公司", "Company"),
    ("丙申实业集团（控股）有限公司宣布重组。", "丙申实业集团（控股）有限公司", "Company"),
    ("公司收购了北京中之霖酒店管理有限公司。", "北京中之霖酒店管理有限公司", "Company"),
    ("质权人为丁酉证券有限公司。", "丁酉证券有限公司", "Company"),
    ("绍兴市柯桥区国有资本投资运营集团有限公司减持。", "绍兴市柯桥区国有资本投资运营集团有限公司", "Company"),
    ("嘉兴戊戌股权投资合伙企业（有限合伙）参与认购。", "嘉兴戊戌股权投资合伙企业（有限合伙）", "Investor"),
    ("由国家（上海）新型算力互联中心牵头。", "国家（上海）新型算力互联中心", "Organization"),
    # short names with a telling ending
    ("鲲泽智能宣布完成A轮融资。", "鲲泽智能", "Company"),
    ("本轮由霁月资本领投。", "霁月资本", "Investor"),
    ("参与单位还有岭澜大学。", "岭澜大学", "Organization"),
    ("*ST砚科收到问询函。", "ST砚科", "Company"),
    ("要约人沣皓控股有限公司完成登记。", "沣皓控股有限公司", "Company"),
    ("公司与专业投资机构无锡沣联新创投资基金有限公司签约。", "无锡沣联新创投资基金有限公司", "Investor"),
    ("上海沣砚、中化砚路桥建设有限公司共同出资。", "中化砚路桥建设有限公司", "Company"),
    ("合肥沣霁产业发展股权投资合伙企业间接持股。", "合肥沣霁产业发展股权投资合伙企业", "Investor"),
    # funds named after a place or a firm
    ("公司参与设立漯河市沣选食品产业基金。", "漯河市沣选食品产业基金", "Investor"),
    ("长三角地区协同优势产业基金规模不小。", "长三角地区协同优势产业基金", "Investor"),
    # units of a known firm
    ("海航资产管理集团与银行签约。", "海航资产管理集团", "Company"),
    ("比亚迪供应链公司须支付货款。", "比亚迪供应链公司", "Company"),
    # a place and a brand
    ("法院判决重庆沣蓝赔偿对方1.2亿元。", "重庆沣蓝", "Company"),
    ("绍兴沅熙联合另一股东提起诉讼。", "绍兴沅熙", "Company"),
    ("子公司广州西屋停产。", "广州西屋", "Company"),
    ("重庆军工产业集团引入投资者。", "重庆军工产业集团", "Company"),
    ("宁波市轨道交通集团招标。", "宁波市轨道交通集团", "Company"),
    ("要约由投行代表沣尧投资有限公司作出。", "沣尧投资有限公司", "Investor"),
    ("公司出售北京沣财和深圳砚讯各70%的股份。", "北京沣财", "Company"),
    ("碧桂园物业香港与卖方签约。", "碧桂园物业香港", "Company"),
    ("碧桂园智慧物业服务买下股权。", "碧桂园智慧物业服务", "Company"),
    (
        "天津市砚鑫一号产业发展母基金合伙企业（有限合伙）出资。",
        "天津市砚鑫一号产业发展母基金合伙企业（有限合伙）",
        "Investor",
    ),
    (
        "拟设立上海生物医药并购股权投资合伙企业（有限合伙）。",
        "上海生物医药并购股权投资合伙企业（有限合伙）",
        "Investor",
    ),
    ("董事于克祥先生和滕飞先生回避表决。", "滕飞", "Person"),
    ("从湖北机场集团获悉，重组完成。", "湖北机场集团", "Company"),
    ("机管局购入珠海机场35%的股权。", "珠海机场", "Company"),
    ("附属珠沣机场管理有限公司负责经营。", "珠沣机场管理有限公司", "Company"),
    ("国资委总会计师白砚姿出席。", "白砚姿", "Person"),
    ("该基金投了Substoria。", "Substoria", "Company"),
    ("CEO Mark Fengson和Chris Yanton接受采访。", "Chris Yanton", "Person"),
    ("公司参与沣神（青岛）新能源有限公司增资。", "沣神（青岛）新能源有限公司", "Company"),
    # parties at law
    ("法院一审判决华沣公司停止侵权。", "华沣公司", "Company"),
    ("公司涉及泓润财富投资管理有限公司、周晴晴合同纠纷。", "周晴晴", "Person"),
    ("戴小京、王波明、章知方和王莉组建新公司。", "王波明", "Person"),
    ("深圳沣砚企业管理有限公司（委派代表：苏波）到庭。", "苏波", "Person"),
    # names that a bracket explains
    ("买下澳洲护肤品牌沣索（Fengso）后，公司停牌。", "沣索", "Company"),
    ("获得古驰（Gucci）、葆蝶家（Bottega Veneta）和沣黎世家（Fenglic）的许可。", "沣黎世家", "Company"),
    ("点心品牌虎砚局渣打饼行（下称“虎砚局”）获得融资。", "虎砚局渣打饼行", "Company"),
    ("Fenglic Health执行长崔敏贞，到场。", "Fenglic Health", "Company"),
    ("首席科学家贾森·马则是学者。", "贾森·马", "Person"),
    # slots
    ("公司拟以2亿元收购盛霖网联51%股权。", "盛霖网联", "Company"),
    ("全资子公司霁川液压与客户签约。", "霁川液压", "Company"),
    ("控股股东沣砚至真拟减持股份。", "沣砚至真", "Company"),
    ("持股5.1%的股东李砚松计划减持。", "李砚松", "Person"),
    ("被告张砚林应偿还借款。", "张砚林", "Person"),
    ("沣霖致远一号拟增资3亿元。", "沣霖致远一号", "Investor"),
    ("闪存型号很旧，出自美国Noverto之手。", "Noverto", "Company"),
    ("公司通过砚霖晶微持有标的公司股权。", "砚霖晶微", "Company"),
    ("原公司更名为沣霁，总部不变。", "沣霁", "Company"),
    ("沣霁股份(12.10,0.22,1.85%)涨势不改。", "沣霁股份", "Company"),
    (
        "增持的是中国工商银行股份有限公司-沣霁成长混合型证券投资基金。",
        "中国工商银行股份有限公司-沣霁成长混合型证券投资基金",
        "Investor",
    ),
    # brands that nothing but their place and their characters show
    ("买方把苏州盈捷剩下的股权收了回来。", "苏州盈捷", "Company"),
    ("他去年加盟昂立优培，任总监。", "昂立优培", "Company"),
    ("远鸿盈投、远鸿盈捷、远鸿盈思三家子公司复牌。", "远鸿盈捷", "Company"),
    ("公司股权主要质押给了吉林信托。", "吉林信托", "Company"),
    ("福州市中级人民法院送来了起诉状。", "福州市中级人民法院", "Organization"),
    ("案件由河南省高院受理。", "河南省高院", "Organization"),
    ("第一大股东变为中荆集团；公司停牌。", "中荆集团", "Company"),
    ("轮值董事长陈建军、公司董事会秘书何林先生到场。", "何林", "Person"),
    ("三名股东——薛岭、柳映棠、程昌骏以及绍兴砚捷合伙企业（有限合伙）签约。", "薛岭", "Person"),
    # people without a title: what they do, and the characters of their names
    ("郑砚军即将离任手机业务负责人。", "郑砚军", "Person"),
    ("由沈建宏继任。", "沈建宏", "Person"),
    ("接班的徐国宏是浙江大学本硕。", "徐国宏", "Person"),
    ("前者的董事会秘书吴宁递了辞呈，后者的蒋砚不再担任董事。", "蒋砚", "Person"),
    ("曹砚红、葛素辉、唐林、王金诚四位股东与买方签约。", "葛素辉", "Person"),
    ("控股股东金砚光和一致行动人金砚辉、李建莉近日解押。", "李建莉", "Person"),
    ("一家车企状告其前华裔工程师章小澜带走图纸。", "章小澜", "Person"),
    ("荣耀前CEO赵明去了新公司。", "赵明", "Person"),
    # people
    ("赵砚池律师认为，条款有效。", "赵砚池", "Person"),
    ("孙砚宁与钱砚南等人一起创业。", "孙砚宁", "Person"),
    ("实控人将变更为周砚青。", "周砚青", "Person"),
    # things
    ("公司发布“砚台”，售价未定。", "砚台", "Product"),
    ("新机霁川20采用自研芯片。", "霁川20", "Product"),
    ("首席执行官王砚秋表示，订单充足。", "王砚秋", "Person"),
    ("发明人代表孙砚伟讲了个故事。", "孙砚伟", "Person"),
    ("董事会任命赵砚池为总裁。", "赵砚池", "Person"),
    ("股东张砚安、熊南柏、谢朋之拟转让股份。", "熊南柏", "Person"),
    ("刘砚军（执行副总裁兼中国区总裁）到场。", "刘砚军", "Person"),
    ("Marta Bianchi（执行副总裁）到场。", "Marta Bianchi", "Person"),
    ("法定代表人为欧阳砚。", "欧阳砚", "Person"),
    ("萨姆·奥尔德曼称，模型将开放。", "萨姆·奥尔德曼", "Person"),
    ("创始人帕维尔·杜罗申科在法国发言。", "帕维尔·杜罗申科", "Person"),
    ("策略师Tomas Kinosta表示，利率将降。", "Tomas Kinosta", "Person"),
    # chips and products
    ("公司推出“砚山”芯片。", "砚山", "Chip"),
    ("这款名为“昆砚”的GPU采用自研架构。", "昆砚", "Chip"),
    ("公司发布推理芯片砚思T100。", "砚思T100", "Chip"),
    ("其K710、K720和K730芯片均已量产。", "K710", "Chip"),
    ("“砚曲”架构的Z4100已经送样。", "Z4100", "Chip"),
    ("公司发布砚枢大模型。", "砚枢", "Product"),
    ("公司自研的“砚镜”智算平台上线。", "砚镜", "Product"),
    ("华为Mate 990 Pro将于下月发布。", "Mate 990 Pro", "Product"),
    # names cut short before: 中 and 和 as the first character of a brand, dates and titles beside it
    ("股东海宁中砚股权投资管理有限公司减持。", "海宁中砚股权投资管理有限公司", "Investor"),
    ("公司收购和砚节能有限责任公司71%股权。", "和砚节能有限责任公司", "Company"),
    ("公司收购浙江砚和网络科技有限公司全部股权。", "浙江砚和网络科技有限公司", "Company"),
    ("他是副总裁兼任中砚网优技术有限公司董事。", "中砚网优技术有限公司", "Company"),
    ("2031年5月砚川药业发布公告。", "砚川药业", "Company"),
    ("记者从会上获悉，中砚粮集团公司发文。", "中砚粮集团公司", "Company"),
    # two parties of one sentence, trades before names, parts of a firm's name
    ("股东砚石化工（长江）有限公司及其一致行动人砚森能源（南京）有限公司增持。", "砚森能源（南京）有限公司", "Company"),
    ("全资子公司砚络基金管理和砚络海南投资拟出资。", "砚络基金管理", "Investor"),
    ("财新智库高级经济学家表示，需求回暖。", "财新智库", "Organization"),
    ("*ST海航收到问询函。", "ST海航", "Company"),
    # what belongs to a known firm
    ("向上海浦东发展银行股份有限公司宜兴分行质押股份。", "上海浦东发展银行股份有限公司宜兴分行", "Company"),
    ("苏宁收购万达百货。", "万达百货", "Company"),
    ("公告称，蒙牛公司已签约。", "蒙牛公司", "Company"),
    ("拟收购英伟达槟城85%股权。", "英伟达", "Company"),
    # firms by what follows, Latin firms
    ("公司将砚辉云创20%的股权转让。", "砚辉云创", "Company"),
    ("法院判决澜聚公司停止传播。", "澜聚公司", "Company"),
    ("去年收购法国Nor Nor SAS 60%股权。", "Nor Nor SAS", "Company"),
    ("拟收购eVarta的全部股权。", "eVarta", "Company"),
    ("Brynn Harlow Technologies Inc.披露了财报。", "Brynn Harlow Technologies Inc.", "Company"),
    ("公司减持砚晶科技股份200万股。", "砚晶科技", "Company"),
    ("宁波沅砚将其持有的股份质押。", "宁波沅砚", "Company"),
    ("公司股东嘉兴砚仁拟转让股份。", "嘉兴砚仁", "Company"),
    ("华砚昕宇将其在某券商的股票质押延期。", "华砚昕宇", "Company"),
    ("终审法院判决泰砚友联赔偿损失。", "泰砚友联", "Company"),
    ("公司股东砚成轩投资拟减持。", "砚成轩投资", "Investor"),
    # public bodies of a place
    ("中标杭州市余杭区交通运输局的项目。", "杭州市余杭区交通运输局", "Organization"),
    ("成为如皋市环境卫生管理处的服务商。", "如皋市环境卫生管理处", "Organization"),
    # people who hold
    ("公司公告，赵砚良和钱砚丹分别将其股份质押。", "钱砚丹", "Person"),
    ("李砚权通过二级市场买入公司股票。", "李砚权", "Person"),
    ("许砚、吴恺、刘琴拟使用其所持股份质押。", "吴恺", "Person"),
    ("基于砚河打造的Morava Halo车载智能交互方案上车。", "Morava Halo", "Product"),
    ("KelVo移动计算架构由此设计出来。", "KelVo", "Chip"),
    ("砚鲸OS4.0获得量产订单。", "砚鲸OS4.0", "Product"),
    ("这款智能眼镜代号为Morvanta，下月亮相。", "Morvanta", "Product"),
    ("新款ZQ8媒体沟通会今日举行。", "ZQ8", "Product"),
    ("本次上线产品包括远征A2、MorvaHand、灵犀X2等。", "MorvaHand", "Product"),
    ("三星Galaxy Morva 8慢了一拍。", "三星Galaxy Morva 8", "Product"),
    ("游戏《砚上行舟》公测。", "砚上行舟", "Product"),
    ("手游《砚上行舟》《云端砚记》上线。", "云端砚记", "Product"),
    ("创新药ZQR-5678注射液获批临床。", "ZQR-5678", "Product"),
    ("他负责搜狗翻译业务。", "搜狗翻译", "Product"),
    # lists of names
    ("本轮由红杉中国、砚泽创投和霁岭资本共同投资。", "霁岭资本", "Investor"),
    ("股东有腾讯、百度、砚禾山、阿里巴巴、京东。", "砚禾山", "Company"),
    ("砚江医工晚间公告，拟投资建厂。", "砚江医工", "Company"),
    ("新品“灵砚处理器”亮相。", "灵砚处理器", "Chip"),
    # guarded names beside what shows a firm
    ("贝壳跌4.9%，成交放量。", "贝壳", "Company"),
    ("联想员工核酸检测为阴性。", "联想", "Company"),
    # listed names in other clothes
    ("台積電與聯發科合作。", "台積電", "Company"),
    ("寒 武 纪发布年报。", "寒 武 纪", "Company"),
    ("英伟达中国区总裁离任。", "英伟达", "Company"),
    ("德邦证券研究所通信组认为行业向好。", "德邦证券", "Company"),
]


@pytest.mark.parametrize(("text", "name", "kind"), FOUND, ids=[name for _, name, _ in FOUND])
def test_name_is_found(names: Find, text: str, name: str, kind: str) -> None:
    assert names(text).get(name) == kind, names(text)


def test_a_guarded_short_name_ends_where_another_name_goes_on(names: Find) -> None:
    assert "雅克" not in names("公司设立雅克福瑞整合业务。雅克科技是龙头。")
    assert "连云港" not in names("上港集团与连云港集团强化联动。")
    assert "雅克" in names("公司看好雅克整合业务。雅克科技是龙头。")


FREE = [
    "公司拟设立并购股权投资合伙企业（有限合伙）。",
    "中国企业集团化发展，浙江民营企业集团众多，湖北组建科技集团。",
    "与上市公司签署协议，向物业公司支付货款。",
    "公司推出图形处理器（Graphics Unit），上市公司复合增长率（CAGR）走高。",
    "双方签署战略合作框架协议（以下简称“框架协议”）。",
    "公司拟设立合伙企业，上海设立产业基金。",
    "香港对冲基金买入，中国私募基金规模扩大。",
    "旅客出示北京健康宝绿码，买广西螺蛳粉。",
    "产品在深圳销售、上海推广，陕西汉中与河南南阳下雨。",
    "2019年公司NorFlash全球市占率排名第三。",
    "公司HPV疫苗与PCR设备产品销量增长，BIM设计解决方案落地。",
    "嵌入式eMMC产品与LPDDR4X产品价格平稳，HBM4内存流片。",
    "多地推出“房票”安置，“新四化”正在重塑汽车产业。",
    "各县发布“揭榜挂帅”榜单，“脱欧”协议尚无进展。",
    "代表队抵达机场T3，工厂Fab6产能爬坡。",
    "5G手机仍需3年普及，电视65寸为主，2021年公司推出IGBT4.0。",
    "科技创新与产业资本加速融合。",
    "现券期货整体回暖，燃油汽车消费回落。",
    "新一轮汽车补贴上线，大力推广新能源汽车。",
    "公募新发基金热情高涨，可再生能源占比提高。",
    "芯片“进展顺利”，公司称订单饱满。",
    "交易员预计今年将加息。",
    "部分董监高拟增持公司股份。",
    "首个连板股分析，封板率为68%。",
    "从CNN到Transformer，网络结构不断演进。",
    "做大做强生物医药和高端装备产业集群。",
    "《奇迹·笨小孩》票房领先。",
    "公司不存在虚假信息，亦无不实信息。",
    "市经信委、市数据局联合发文。",
    "拟购买剩余股权，收购尾款已支付。",
    "成交额分别为5亿元、4亿元、3亿元、2亿元。",
    "风险得到释放，需求的浪潮席卷而来。",
    "合资公司由A公司、B公司和甲公司组成，某公司退出。",
    "约占公司营收的三成，归属于公司股东的净利润增长。",
    "该封测工厂85%股权与总股本的2%股份无关。",
    "权益持有人应占溢利增长，出资5000万自购旗下产品。",
    "发布会在主新闻发布厅举行，积极加仓银行板块。",
    "北京朝阳和上海浦东的门店将转让，深圳市场持股比例上升。",
    "上海市产业布局优化，全国格局未变。",
    "从战略入股算起已有十年，股东开始落袋。",
    "前五大客户占比去年为七成，合资方案待批。",
    "险资举牌银行股再添一例，恒生科技指数下跌。",
]


@pytest.mark.parametrize("text", FREE)
def test_ordinary_words_are_no_names(names: Find, text: str) -> None:
    assert names(text) == {}


def test_short_form_of_a_long_name_is_the_same_firm(read_text: Callable[[str], Doc]) -> None:
    doc = read_text(
        "海口沣兰国际机场股份有限公司发布公告。沣兰机场客流回升，浙江砚和网络有限公司入驻，浙江砚和承诺业绩。"
        "浙江美迪凯光学半导体有限公司是美迪凯的子公司。"
    )
    entity = {mention.text: mention.entity for mention in doc._.yanbao_mentions}
    assert entity["沣兰机场"] == entity["海口沣兰国际机场股份有限公司"]
    assert entity["浙江砚和"] == entity["浙江砚和网络有限公司"]
    assert entity["美迪凯"] != entity["浙江美迪凯光学半导体有限公司"]


def test_word_before_a_listed_name_stays_outside(names: Find) -> None:
    assert "韦尔股份" in names("公司此前叫韦尔股份。")
    assert "恒瑞医药" in names("资金净流出5.85亿恒瑞医药居首。")


def test_listed_firm_that_invests_is_no_fund(names: Find) -> None:
    assert names("京东方投资成立新公司。") == {"京东方": "Company"}


def test_words_beside_a_firm_are_no_unit_of_it(names: Find) -> None:
    assert names("向腾讯投资10亿元，特斯拉保险经纪成立。") == {"腾讯": "Company", "特斯拉": "Company"}
    assert "华创证券" in names("华创证券食品饮料组看好消费。")


def test_place_of_a_body_begins_it(names: Find) -> None:
    assert "衢州市智造新城管理委员会" in names("我们向衢州市智造新城管理委员会打听进度。")


def test_model_number_stands_for_its_thing(names: Find) -> None:
    found = names("摩尔线程发布MTT S4000。随后S4000降价。")
    assert found.keys() >= {"MTT S4000", "S4000"}


def test_long_rows_of_digits_behind_a_list_are_read_in_no_time(names: Find) -> None:
    before = time.process_time()
    assert names(f"腾讯、阿里巴巴和{'12345678' * 40}元")["腾讯"] == "Company"
    assert time.process_time() - before < 5


def test_a_short_name_holds_where_a_preposition_runs_on_from_it(names: Find) -> None:
    assert names("高通向小米供应芯片。")["高通"] == "Company"


def test_a_model_named_with_its_maker_gives_both(names: Find) -> None:
    found = names("小鹏P7的座舱换了芯片，地平线征程6P也在选项里。")
    assert (found["小鹏"], found["地平线"], found["征程6P"]) == ("Company", "Company", "Chip")
