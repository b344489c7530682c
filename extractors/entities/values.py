"""Figures in running text: money, percentages, shares, prices, dates, financing rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.expressions import ready as re
from extractors.expressions.begins import fast

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_SCALES |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "万万": 10**8}
_CURRENCIES = {"美元": "USD", "美金": "USD", "美刀": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR", "日元": "JPY"}
_CURRENCIES |= {
    "英镑": "GBP",
    "韩元": "KRW",
    "新台币": "TWD",
    "台币": "TWD",
    "新加坡元": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
}
_CURRENCIES |= {
    "瑞士法郎": "CHF",
    "瑞郎": "CHF",
    "卢布": "RUB",
    "卢比": "INR",
    "印度卢比": "INR",
    "新元": "SGD",
    "欧": "EUR",
}
_CURRENCIES |= {
    "元": "CNY",
    "人民币": "CNY",
    "元人民币": "CNY",
    "块": "CNY",
    "块钱": "CNY",
    "": "CNY",
    "$": "USD",
    "US$": "USD",
}
_CURRENCIES |= {
    "瑞典克朗": "SEK",
    "挪威克朗": "NOK",
    "丹麦克朗": "DKK",
    "沙特里亚尔": "SAR",
    "迪拉姆": "AED",
    "泰铢": "THB",
}
_CURRENCIES |= {"林吉特": "MYR", "雷亚尔": "BRL", "里拉": "TRY", "新谢克尔": "ILS", "谢克尔": "ILS", "兹罗提": "PLN"}
_CURRENCIES |= {"￥": "CNY", "¥": "CNY", "RMB": "CNY", "HK$": "HKD", "€": "EUR"}
_BEFORE = {
    **dict.fromkeys(("至少", "不低于", "不少于", "最少", "起码"), ">="),
    **dict.fromkeys(("超过", "逾", "超", "高于", "多于", "突破"), ">"),
    **dict.fromkeys(("至多", "不超过", "不高于", "最多", "最高", "高达", "上限", "不超", "最高不超过", "至高"), "<="),
    **dict.fromkeys(("低于", "少于", "不足", "不到", "近", "将近", "接近"), "<"),
    **dict.fromkeys(("约", "大约", "约为", "约合", "大概", "左右", "约占"), "~"),
}
_AFTER = {"以上": ">=", "多": ">", "余": ">", "以内": "<=", "以下": "<=", "左右": "~", "上下": "~", "许": "~"}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPOKEN = r"(?<![数几成上])[一二两三四五六七八九十百千]{1,4}"
_OPERATOR = rf"(?:{_either(_BEFORE)})(?:是|为|达到?|合计)?"
_FOREIGN = _either(
    [k for k in _CURRENCIES if len(k) > 1 and k[0] >= "一" and k not in ("人民币", "元人民币", "块钱", "台币")]
)
_MONEY = rf"""
(?P<m_op>{_OPERATOR}|上(?=亿))?(?P<m_pre>人民币|US\$|HK\$|\$|￥|¥|€|RMB)?
(?:(?P<m_num>{_NUMBER})(?P<m_more>[多余])?(?P<m_scale>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)?(?P<m_more2>[多余])?
 |(?P<m_word>{_SPOKEN})(?P<m_scale2>万亿|亿|千万|百万|万)(?P<m_more3>[多余])?
 |(?P<m_bare>(?<![数几上0-9.])(?:千亿|百亿|十亿|千万|百万|十万))
 |(?<=[近逾超上])(?P<m_one>亿)(?=元|美元|欧元|港元)
)个?(?P<m_cur>元人民币|人民币|{_FOREIGN}|元|块钱)(?![/每])(?P<m_after>以上|以内|以下|左右|上下)?
|(?P<m2_pre>US\$|HK\$|\$|￥|¥|€|RMB)(?P<m2_num>{_NUMBER})(?P<m2_scale>万亿|亿|万)?
|(?<=斥资|耗资|豪掷|砸下|作价)(?P<m3_op>{_OPERATOR})?(?P<m3_num>{_NUMBER})(?P<m3_scale>万亿|亿|千万|百万|万)(?=[，。；、）]|左右|的?(?:收购|入股|投资|增资|认购|买下|拿下|购买|参投|受让)|$)
"""
_PATTERN = fast(
    rf"""
(?P<price>(?P<p_num>{_NUMBER})(?P<p_cur>{_FOREIGN}|元)(?:人民币)?[/每]\s?(?:每)?(?:股|ADS|份)
  |每股(?:[发转作售要认均][行让价购约]*价?格?|价格|股价|成交均?价|平均价格?)?(?:约?为|是|约|作价)?(?:人民币)?(?P<p_num2>{_NUMBER})(?P<p_cur2>{_FOREIGN}|元))
|(?P<percent>(?P<pc_op>{_OPERATOR})?(?P<pc_sign>-)?(?P<pc_num>\d+(?:\.\d+)?)(?:%|个百分点)
  |(?P<pc_op2>{_OPERATOR})?(?:(?P<pc_tenths>[一二两三四五六七八九])成(?P<pc_half>半)?|百分之(?P<pc_word>[一二两三四五六七八九十百]{{1,4}})|(?P<pc_even>一半|半数))(?=的?(?:股权|股份|权益|股|左右|以上|表决权)|[，。；、]))
|(?P<shares>(?P<s_op>{_OPERATOR})?(?P<s_num>{_NUMBER})(?P<s_scale>万亿|亿|千万|百万|万)?(?:多|余)?(?:股(?!权|东|份|市|价|票|息|指)(?:股份|股票)?|(?<=[万亿])股份(?!有限)))
|(?P<round>(?:Pre-?)?[A-H]\d?(?:-\d)?[+＋]*(?:系列)?轮|天使[+＋]*轮|种子[+＋]?轮|(?:Pre-IPO|战略投资|战略|股权|天使|种子)轮|Pre-IPO|战略融资|[A-H]\d?[+＋]+(?=[及和、]))
|(?P<money>{_MONEY})
|(?P<date>
   (?P<y>(?:19|20)\d\d)\s?[年](?:(?P<mo>\d{{1,2}})月(?:(?P<d>\d{{1,2}})[日号])?)?(?P<part>第?[一二三四1-4]季度|[Qq][1-4]|上半年|下半年|年?[初底末中])?
  |(?P<iy>(?:19|20)\d\d)[-/.](?P<imo>\d{{1,2}})[-/.](?P<iday>\d{{1,2}})
  |(?P<rel>今年|去年|前年|明年|同年|次年|翌年|当年|本年)(?:(?P<rmo>\d{{1,2}})月(?:(?P<rd>\d{{1,2}})[日号])?)?
  |(?P<mrel>本月|上月|上个月|当月)(?:(?P<mday>\d{{1,2}})[日号])?
  |(?<![\d.])(?P<m_>\d{{1,2}})月(?:(?P<d_>\d{{1,2}})[日号])?(?!份?龄)
  |(?<![\d.月-])(?P<only>\d{{1,2}})日(?!元|均|本)
  |(?P<word>今日|今天|昨日|昨天|近日|日前|当日|同日|本周|上周)
 )
""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure at `start:end` of a flow: `money`, `percent`, `shares`, `price`, `date` or `round`, with its parts."""

    kind: str
    start: int
    end: int
    parts: dict[str, str] = field(hash=False)


_NO_NUMBER = re.compile(r"\d{30,}|[\d.,]{300,}")
"""A row of digits that is no figure; a pattern takes the square of its length."""


def find_values(text: str) -> Iterator[Value]:
    """Yield the figures of normalised text from left to right."""
    for match in _PATTERN.finditer(_NO_NUMBER.sub(lambda row: "#" * len(row.group()), text)):
        kind = str(next(name for name in _READERS if match.group(name)))
        parts = _READERS[kind](match.groupdict())
        if parts:
            yield Value(kind, match.start(), match.end(), parts)


def plain(number: Decimal) -> str:
    """Decimal string without exponent or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _amount(number: str, scale: str | None) -> str:
    return plain(Decimal(number.replace(",", "")) * _SCALES[scale or ""])


_LONGEST_FIRST = sorted(_BEFORE.items(), key=lambda pair: -len(pair[0]))


def _operator(found: str | None) -> str:
    return next((sign for word, sign in _LONGEST_FIRST if found.startswith(word)), "") if found else ""


def _money(g: dict[str, str]) -> dict[str, str]:
    if g["m2_num"]:
        return {"amount": _amount(g["m2_num"], g["m2_scale"]), "currency": _CURRENCIES[g["m2_pre"]], "amount_op": "="}
    if g["m3_num"]:
        return {"amount": _amount(g["m3_num"], g["m3_scale"]), "amount_op": _operator(g["m3_op"]) or "="}
    if g["m_num"]:
        amount = _amount(g["m_num"], g["m_scale"])
    elif g["m_word"]:
        amount = plain(_spoken(g["m_word"]) * _SCALES[g["m_scale2"]])
    elif g["m_one"]:
        amount = plain(Decimal(_SCALES["亿"]))
    else:
        amount = plain(Decimal(_SCALES[g["m_bare"]]))
    more = ">" if g["m_more"] or g["m_more2"] or g["m_more3"] else ""
    op = _operator(g["m_op"]) or (">=" if g["m_op"] else "") or more or _AFTER.get(g["m_after"] or "", "=")
    currency = _CURRENCIES[g["m_cur"]]
    if currency == "CNY" and g["m_pre"]:
        currency = {"人民币": "CNY", "RMB": "CNY", "￥": "CNY", "¥": "CNY"}.get(
            g["m_pre"], _CURRENCIES.get(g["m_pre"], "CNY")
        )
    return {"amount": amount, "currency": currency, "amount_op": op}


def _spoken(word: str) -> Decimal:
    total, digit = 0, 0
    for char in word:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total, digit = total + (digit or 1) * _SCALES[char], 0
    return Decimal(total + digit)


def _percent(g: dict[str, str]) -> dict[str, str]:
    if g["pc_num"]:
        return {"percent": (g["pc_sign"] or "") + plain(Decimal(g["pc_num"])), "op": _operator(g["pc_op"])}
    if g["pc_tenths"]:
        number = _spoken(g["pc_tenths"]) * 10 + (5 if g["pc_half"] else 0)
    else:
        number = _spoken(g["pc_word"]) if g["pc_word"] else Decimal(50)
    return {"percent": plain(number), "op": _operator(g["pc_op2"])}


def _shares(g: dict[str, str]) -> dict[str, str]:
    return {"shares": _amount(g["s_num"], g["s_scale"]), "op": _operator(g["s_op"])}


def _price(g: dict[str, str]) -> dict[str, str]:
    number = (g["p_num"] or g["p_num2"]).replace(",", "")
    return {"price": plain(Decimal(number)), "currency": _CURRENCIES[g["p_cur"] or g["p_cur2"]]}


def _round(g: dict[str, str]) -> dict[str, str]:
    return {"round": g["round"].replace("＋", "+")}


def _date(g: dict[str, str]) -> dict[str, str]:
    year, month, day = (
        g["y"] or g["iy"],
        g["mo"] or g["imo"] or g["rmo"] or g["m_"],
        g["d"] or g["iday"] or g["rd"] or g["d_"] or g["only"] or g["mday"],
    )
    if int(month or 1) > 12 or int(day or 1) > 31:
        return {}
    parts = {"year": year, "month": month, "day": day, "relative": g["rel"] or g["word"] or g["mrel"]}
    return {name: part for name, part in parts.items() if part}


_READERS = {"price": _price, "percent": _percent, "shares": _shares, "round": _round, "money": _money, "date": _date}
