"""The types that PostgreSQL brings, by their numbers in pg_type, which are the same on every server."""

from __future__ import annotations

from collections.abc import Mapping

# name: its own number, its array's; from src/include/catalog/pg_type.dat
_NUMBERS = """
    smallint 21 1005 · integer 23 1007 · bigint 20 1016 · real 700 1021 · double precision 701 1022
    numeric 1700 1231 · money 790 791 · oid 26 1028 · xid 28 1011 · cid 29 1012 · xid8 5069 271
"""
_OTHERS = """
    boolean 16 1000 · bytea 17 1001 · "char" 18 1002 · name 19 1003 · text 25 1009 · character varying 1043 1015
    bpchar 1042 1014 · json 114 199 · jsonb 3802 3807 · xml 142 143 · uuid 2950 2951 · date 1082 1182
    time without time zone 1083 1183 · time with time zone 1266 1270 · timestamp without time zone 1114 1115
    timestamp with time zone 1184 1185 · interval 1186 1187 · inet 869 1041 · cidr 650 651 · macaddr 829 1040
    macaddr8 774 775 · "bit" 1560 1561 · bit varying 1562 1563 · tsvector 3614 3643 · tsquery 3615 3645
    jsonpath 4072 4073 · point 600 1017 · line 628 629 · lseg 601 1018 · box 603 1020 · path 602 1019 · polygon 604 1027
    circle 718 719 · int4range 3904 3905 · int8range 3926 3927 · numrange 3906 3907 · daterange 3912 3913
    tsrange 3908 3909 · tstzrange 3910 3911 · regclass 2205 2210 · regproc 24 1008 · regtype 2206 2211
    regrole 4096 4097 · regnamespace 4089 4090 · pg_lsn 3220 3221 · tid 27 1010 · unknown 705 0 · void 2278 0
    record 2249 2287
"""


def _read(text: str, *, numeric: bool) -> dict[int, tuple[str, bool]]:
    types = {}
    for entry in text.replace("\n", " · ").split("·"):
        if entry.strip():
            name, own, array = entry.strip().rsplit(" ", 2)
            types[int(own)] = (name, numeric)
            types[int(array)] = (f"{name}[]", False)
    return types


BUILT_IN: Mapping[int, tuple[str, bool]] = {**_read(_NUMBERS, numeric=True), **_read(_OTHERS, numeric=False)}

NUMBERS = frozenset(name for name, numeric in BUILT_IN.values() if numeric)
