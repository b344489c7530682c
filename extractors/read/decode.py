"""Bytes of unknown origin become text, or one clear line says why not."""

from __future__ import annotations

import codecs

from ontology.errors import InputError

SAVE_AS = "save it as UTF-8 text"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, where: str) -> str:
    """UTF-8 (with or without BOM) or GB18030 as text with `\\n` line breaks; raises InputError on anything else."""
    _refuse_other_than_text(data, where)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_chinese(data, where, error.start)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_other_than_text(data: bytes, where: str) -> None:
    told = data.removeprefix(codecs.BOM_UTF8)
    if not told or told.isspace():
        raise InputError("nothing in it", where, "check the file, or leave it out")
    if data.startswith(UTF16_MARKS):
        raise InputError("UTF-16 text", where, SAVE_AS)
    if b"\0" in data or data.startswith(b"%PDF-"):
        raise InputError("binary content", where, "give text, or the file its own suffix: .pdf, .docx")


def _decode_chinese(data: bytes, where: str, offset: int) -> str:
    if _is_mostly_utf8(data):
        raise InputError(f"broken UTF-8 at byte {offset}", where, SAVE_AS)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise InputError(f"neither UTF-8 nor GB18030: byte {error.start}", where, SAVE_AS) from None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more than half of the bytes outside ASCII form three-byte UTF-8, which GB18030 text hardly ever does."""
    valid = sum(3 for char in data.decode("utf-8", "ignore") if char > "\u07ff")
    return 2 * valid > sum(byte > 0x7F for byte in data)
