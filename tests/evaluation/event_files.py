"""Small corpora of our own words, in the forms of the corpora of events."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.evaluation.entity_files import EWT

PLV_HEAD = "\tsentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root"
PLV_VERBS = {"ACCUSE": ("blames", "accuses"), "AID": ("feeds", "helps"), "YIELD": ("frees", "lets")}


def plv_rows(n: int = 4) -> list[tuple[str, str]]:
    """Marked sentences with their labels; the verb tells the label."""
    rows = []
    for label, verbs in PLV_VERBS.items():
        for number in range(n):
            verb = verbs[number % 2]
            rows.append((f"<s>Arland</s> {verb} <t>Norland {number} </t>today.", label))
    return rows


def plv_file(rows: Sequence[tuple[str, str]]) -> str:
    lines = [PLV_HEAD]
    for number, (marked, label) in enumerate(rows):
        plain = marked
        for mark in ("<s>", "</s>", "<t>", "</t>"):
            plain = plain.replace(mark, "")
        lines.append(f"\t{number}\t{plain}\t{marked}\tArland\tNorland\t1\t{label}")
    return "\n".join([*lines, ""])


def record(name: str, event: str, text: str, source: object, target: object, **more: str) -> dict:
    return {"id": name, "event": event, "text": text, "source": source, "target": target, **more}


def actor(words: str, code: str) -> dict[str, str]:
    return {"actorText": words, "code": code}


FLOOD = "Japanese envoys blamed Italy, and Kenya freed two sailors."
RECORDS = [
    {"id": "D", "event": "DOCUMENT", "eventText": "about the file"},
    record("R1", "DISAPPROVE", FLOOD, [actor("Japanese envoys", "JAP")], [actor("Italy", "ITL")]),
    record("R2", "RETREAT", FLOOD, [actor("Kenya", "KEN")], None),
    record(
        "R3",
        "COERCE",
        "Kenya burned the boats of Ghana.",
        [actor("Kenya", "KEN")],
        [actor("boats ... of Ghana", "GHA")],
        mode="destroy",
    ),
    record(
        "R4",
        "CONSULT",
        "Kenya and Ghana met.",
        [actor("Kenya", "KEN"), actor("Ghana", "GHA")],
        "",
        mode="visit",
    ),
]

ACTORS = """<!-- two lines
of comment -->
ARLAND [ARL] # a comment
+ARLANDISH
NORLAND_ [NOR]
THE_AU [AUN]
LEFT_BANK [LEF/BNK]

ANN_VALE [VAL]
\t[VALGOV 20000101-20091231]
\t[VALELI >20100101]#late
OLD_GUARD
+GUARDS
\t[OLD <991231]
"""
AGENTS = """!PERSON! = MAN, WOMAN
MINISTER [~GOV] # x
SOLDIER [~MIL]
POLICE {} [ ~COP]
GOOSE {GEESE} [~GGS]
AID_!PERSON! [NGO~]
"""


def coding(source: str, target: str, code: str) -> str:
    return f'<EventCoding sourcecode="{source}" targetcode="{target}" eventcode="{code}"/>'


def sentence(name: str, text: str, *codings: str, date: str = "20050301") -> str:
    inside = "\n".join([*codings, f"<Text>\n{text}\n</Text>", "<Parse>(S)</Parse>"])
    return f'<Sentence date="{date}" id="{name}">\n{inside}\n</Sentence>\n'


NONE, BROKEN = '<EventCoding noevents="True"/>', '<EventCoding error="dateline"/>'
SENTENCES = [
    sentence("A-1", "Arland soldiers\ncondemned Norland.", coding("ARLMIL", "NOR", "122")),
    sentence("A-2", "Arland said that it rains.", coding("ARL", "---", "023")),
    sentence("A-3", "Norland left a thing.", coding("NOR", "---", "904")),
    sentence("A-4", "It rains.", NONE),
    sentence("A-5", "Norland: it rains.", BROKEN),
    sentence("A-6", "Arland helped Xland.", coding("ARL", "XLA", "071")),
    sentence(
        "A-7",
        "The Left Bank met Norland.",
        coding("LEF", "NOR", "031"),
        coding("BNK", "NOR", "031"),
    ),
]
PETRARCH = "<Validation><!-- x --><Sentences>\n" + "".join(SENTENCES) + "</Sentences></Validation>"

UDS = {
    "metadata": {},
    "data": {
        "ewt-dev-1": {
            "ewt-dev-1-semantics-pred-5": {"factuality": {"factual": {"value": -0.8}}},
            "ewt-dev-1-semantics-pred-99": {"factuality": {"factual": {"value": 1.0}}},
        },
        "ewt-dev-2": {
            "ewt-dev-2-semantics-subpred-4": {"factuality": {"factual": {"value": 0.6}}},
        },
        "ewt-train-1": {
            "ewt-train-1-semantics-pred-5": {"factuality": {"factual": {"value": 1.2}}},
        },
        "ewt-train-2": {
            "ewt-train-2-semantics-pred-4": {"factuality": {"factual": {"value": 0.2}}},
        },
    },
}
UDS_IDS = {
    f"ewt-{part}-{number}": {"sentence_id": f"weblog-one-000{number}"}
    for part in ("dev", "train")
    for number in (1, 2)
}

MEANTIME = """<Document doc_name="dam">
<token t_id="1" sentence="0">Dam</token><token t_id="2" sentence="0">breaks</token>
<token t_id="3" sentence="2">It</token><token t_id="4" sentence="2">will</token>
<token t_id="5" sentence="2">be</token><token t_id="6" sentence="2">shut</token>
<token t_id="7" sentence="2">down</token><token t_id="8" sentence="9">Later</token>
<Markables>
<TIMEX3 m_id="1" type="DATE" value="2021-05-05" functionInDocument="CREATION_TIME"/>
<EVENT_MENTION m_id="2" pred="shut down" polarity="POS" certainty="CERTAIN" time="FUTURE"
 special_cases="NONE"><token_anchor t_id="6"/><token_anchor t_id="7"/></EVENT_MENTION>
<EVENT_MENTION m_id="3" pred="break" polarity="POS" certainty="CERTAIN" time="NON_FUTURE"
 special_cases="NONE"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="4" pred="late" polarity="POS" certainty="CERTAIN" time="NON_FUTURE"
 special_cases="NONE"><token_anchor t_id="8"/></EVENT_MENTION>
</Markables></Document>"""


def write_event_corpora(folder: Path) -> Path:
    """All of these as files, where the loaders look for them; the folder."""
    events, dictionaries = folder / "events", folder / "events/petrarch/validation_dictionaries"
    files = [
        (events / "plv" / "PLV_train.tsv", plv_file(plv_rows())),
        (events / "plover/gold_standard_records/PLOVER_GSR_CAMEO.txt", json.dumps(RECORDS)),
        (events / "petrarch" / "PETR.UnitTest.records.xml", PETRARCH),
        (dictionaries / "PETR.Validate.actors.txt", ACTORS),
        (dictionaries / "PETR.Validate.agents.txt", AGENTS),
        (folder / "factuality" / "uds_ih2" / "factuality.normalized.json", json.dumps(UDS)),
        (folder / "factuality" / "uds_ih2" / "ud_ids.json", json.dumps(UDS_IDS)),
        (folder / "ewt" / "en_ewt-ud-dev.conllu", EWT),
        (folder / "ewt" / "en_ewt-ud-train.conllu", EWT),
        (folder / "time/meantime/intra-doc_annotation/corpus_x/dam.xml", MEANTIME),
    ]
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
