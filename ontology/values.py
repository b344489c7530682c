"""Values of qualifiers in their canonical spelling; `parse` raises ValueError on any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OPERATORS = ("=", ">=", ">", "<=", "<", "~")
CURRENCIES = frozenset(
    re.findall(
        r"[A-Z]{3}",
        """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
    HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
    TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """,
    )
)
STOCK_CODES = {
    **dict.fromkeys(("SH", "SZ", "BJ", "KS", "KQ"), r"\d{6}"),
    "HK": r"\d{5}",
    **dict.fromkeys(("TW", "TWO"), r"\d{4,6}"),
    "T": r"\d{3}[\dA-Z]",
    **dict.fromkeys(("O", "N", "A"), r"[A-Z]{1,5}(?:\.[A-Z])?"),
    **dict.fromkeys(("L", "DE", "PA", "AS", "SW", "MI", "ST", "TO", "AX", "SI"), r"[A-Z\d]{1,6}"),
}
_NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ROUND = re.compile(
    r"[^\s，。；,;]{0,16}(?:轮|融资|投资|募资|增资|扩股|增发|定增|配售|配股|认购|首发|IPO)", re.IGNORECASE
)
_SERIES = re.compile(r"(?:(?P<before>Pre)-?)?(?P<stage>种子|天使|[A-Z])(?P<step>\d?)(?P<plus>\+*)轮", re.IGNORECASE)


def parse_number(text: str) -> Decimal:
    """A non-negative decimal without signs, exponents or superfluous zeros."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"number {text!r}: write plain digits such as 16.5329")
    return Decimal(text)


def format_number(number: Decimal) -> str:
    """The spelling that `parse_number` reads: `7.430E+8` becomes `743000000`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Money:
    """An amount in base units of an ISO 4217 currency; `op` says how exact it is."""

    amount: Decimal
    currency: str
    op: str = "="

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise ValueError(f"currency {self.currency!r}: use an ISO 4217 code such as CNY")
        if self.op not in OPERATORS:
            raise ValueError(f"operator {self.op!r}: use one of {' '.join(OPERATORS)}")

    @classmethod
    def parse(cls, text: str) -> Money:
        """`>=10000000000 USD`; no operator means `=`."""
        match = re.fullmatch(r"(>=|<=|[=><~]?)(\S+) (\S+)", text)
        if not match:
            raise ValueError(f"money {text!r}: write amount and currency such as 10000000000 USD")
        op, amount, currency = match.groups()
        return cls(parse_number(amount), currency, op or "=")

    def __str__(self) -> str:
        op = "" if self.op == "=" else self.op
        return f"{op}{format_number(self.amount)} {self.currency}"

    def qualifiers(self) -> dict[str, str]:
        """The three qualifiers of an edge: amount, currency, amount_op."""
        return {"amount": format_number(self.amount), "currency": self.currency, "amount_op": self.op}


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, month or day; a vaguer date sorts before the exact ones in it."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError(f"date with day {self.day} but no month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """`2025`, `2025-12` or `2025-12-05`."""
        match = _DATE.fullmatch(text)
        if not match or "00" in match.groups()[1:]:
            raise ValueError(f"date {text!r}: write 2025, 2025-12 or 2025-12-05")
        return cls(*(int(part) for part in match.groups() if part))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def contains(self, other: PartialDate) -> bool:
        """Whether `other` says the same or more exactly: 2025 contains 2025-12."""
        return str(other).startswith(str(self))


@dataclass(frozen=True, order=True)
class Percent:
    """A share of a whole, 0 to 100."""

    value: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 100:
            raise ValueError(f"percent {self.value}: outside 0 to 100")

    @classmethod
    def parse(cls, text: str) -> Percent:
        """`16.5329`, without the sign."""
        return cls(parse_number(text))

    def __str__(self) -> str:
        return format_number(self.value)


@dataclass(frozen=True, order=True)
class Shares:
    """A number of shares."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"shares {self.count}: below 0")

    @classmethod
    def parse(cls, text: str) -> Shares:
        """`23278415`, without separators."""
        number = parse_number(text)
        if number != number.to_integral_value():
            raise ValueError(f"shares {text!r}: write a whole number")
        return cls(int(number))

    def __str__(self) -> str:
        return str(self.count)


@dataclass(frozen=True, order=True)
class StockCode:
    """A ticker and the suffix of its exchange: 688795.SH, 00700.HK, NVDA.O."""

    ticker: str
    exchange: str

    def __post_init__(self) -> None:
        pattern = STOCK_CODES.get(self.exchange)
        if pattern is None:
            raise ValueError(f"exchange {self.exchange!r}: use one of {' '.join(STOCK_CODES)}")
        if not re.fullmatch(pattern, self.ticker, re.ASCII):
            raise ValueError(f"ticker {self.ticker!r}: not of the form of {self.exchange}")

    @classmethod
    def parse(cls, text: str) -> StockCode:
        """`688795.SH`."""
        ticker, dot, exchange = text.rpartition(".")
        if not dot:
            raise ValueError(f"stock code {text!r}: write ticker and exchange such as 688795.SH")
        return cls(ticker, exchange)

    def __str__(self) -> str:
        return f"{self.ticker}.{self.exchange}"


@dataclass(frozen=True)
class Round:
    """A financing round as written: A轮, Pre-A+轮, 天使+++轮, 战略融资."""

    name: str

    def __post_init__(self) -> None:
        if not _ROUND.fullmatch(self.name):
            raise ValueError(f"round {self.name!r}: write it as the text does, such as Pre-A+轮")

    @classmethod
    def parse(cls, text: str) -> Round:
        """The name as written, without white space."""
        return cls(text)

    @property
    def stage(self) -> tuple[int, int, int, int] | None:
        """Sort key of the usual series (种子 < 天使 < Pre-A < A < A2 < A+ < B …); None for any other round."""
        match = _SERIES.fullmatch(self.name)
        if not match:
            return None
        letter = match["stage"].upper()
        rank = {"种子": 0, "天使": 1}.get(letter) if len(letter) == 2 else ord(letter) - ord("A") + 2
        return (rank or 0, 0 if match["before"] else 1, int(match["step"] or 1), len(match["plus"]))

    def __str__(self) -> str:
        return self.name
