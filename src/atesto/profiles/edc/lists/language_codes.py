"""Every language code of the Publications Office: ISO 639-3 in capitals, as a well-kept package knows it, and where the two differ."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# fmt: off
MORE: Final = """
AAM ADP AFA AGP AIS AJP AJT ALG AOH APA ART ASD ATH AUE AUS AYX AYY BAD BAI BAT BAZ BBZ BER BGM BHK BIC BIJ BJD BJQ BKB BLG BMY
BNT BPB BTB BTK BTL BXX BYY CAI CAU CBE CBH CCA CCQ CDG CEL CJR CKA CMC CMK COY CQU CUG CUM CUS DAF DAP DAY DEK DGU DHA DIT DJL
DKL DRA DRH DRR DRW DUD DUJ DWL ELP EMO FIU GAV GBC GEM GGN GGO GGR GIO GJI GLI GTI GUV HRR IAP IBI IJO ILL ILW IME INC INE IRA
IRO IZI JAR JEG KAR KBF KDV KGC KGD KGH KGM KHI KJF KOJ KOX KPP KRM KRO KSA KTR KVS KWQ KXE KXL KXU KZH KZJ KZT LAK LBA LEG LII
LLO LMM LMZ LNO LSG MAP MEG MGX MHH MJA MKH MLD MNO MNT MOF MST MUN MVM MWD MWJ MWX MWY MYD MYI MYN MYQ MYT NAD NAH NAI NBF NBX
NCP NGO NIC NLN NLR NNS NNX NOM NOO NTE NTS NUB NXU OME OP_DATPRO OTO OUN PAA PAT PBZ PCR PGY PHI PII PLJ PLP PMC PMK PMU POD PPA
PPR PRA PRB PRP PRY PUK PUZ RIE RMR RNA ROA RSI SAI SAL SAP SCA SDM SEM SGL SGN SGO SIO SIT SKK SLA SLQ SMD SMI SNB SNH SON SSA
SUL SUM SVR SZD TAI TBB TDU TGG THC THW THX TID TIE TKK TLW TMK TMP TNE TNF TOE TPW TSF TUP TUT UNP UOK UUN VKI WAK WEN WGW WIT
WIW WRA WRD WYA XBA XBX XIA XIP XKH XSS XTZ YBD YDS YEN YIY YMA YMT YNH YOS YPK YRI YUU ZIR ZKB ZND ZUA
""".split()
"""Groups of languages (ISO 639-5), codes that ISO has withdrawn since, and the office's own."""
FEWER: Final = """
CLS CXH DSK DYR EUD HBS HNM IKH ISV IZM LGS LUH LVL NZR OAK PZE RRM RSW SJC TVI ULY VJK VSN WTB YCR YKH YNB ZEM ZLU
""".split()
"""What ISO has added since the list was published."""
# fmt: on


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """All 8,175 codes. The package is read when this is first asked for: few credentials name a language beyond `LANGUAGES`."""
    from pycountry import languages  # noqa: PLC0415 - 70 ms that hardly a process needs

    return frozenset({language.alpha_3.upper() for language in languages}.difference(FEWER).union(MORE))
