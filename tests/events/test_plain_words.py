"""Plain sentences of the kind that news is full of, each read whole."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import make_document

SENTENCES = [
    (
        "Nine marchers were detained, according to the Orlin police.",
        [("COERCE", "detained", [], ["Nine marchers"])],
    ),
    (
        "Three Kestrian diplomats were declared persona non grata.",
        [("SANCTION", "declared", [], ["Three Kestrian diplomats"])],
    ),
    (
        "Kestria withdrew its troops from the Tarn valley.",
        [("RETREAT", "withdrew", ["Kestria"], [])],
    ),
    (
        "Kestria handed over two suspects to Rovia.",
        [("COOPERATE", "handed over", ["Kestria"], ["Rovia"])],
    ),
    (
        "The sanctions against Kestria were lifted on Monday.",
        [("SANCTION", "sanctions", [], ["Kestria"]), ("RETREAT", "lifted", [], ["Kestria"])],
    ),
    (
        "Prosecutors charged three officers with torturing detainees.",
        [
            ("ACCUSE", "charged", ["Prosecutors"], ["three officers"]),
            ("ASSAULT", "torturing", ["three officers"], ["detainees"]),
        ],
    ),
    (
        "The judge charged the clerk with murder.",
        [
            ("ACCUSE", "charged", ["The judge"], ["the clerk"]),
            ("ASSAULT", "murder", ["the clerk"], []),
        ],
    ),
    (
        "The union called off its strike after the company agreed to raise pay.",
        [
            ("CONCEDE", "called off", ["The union"], []),
            ("PROTEST", "strike", ["The union"], []),
            ("AGREE", "agreed", ["the company"], []),
        ],
    ),
    ("The channel showed the protests.", [("PROTEST", "protests", [], [])]),
    (
        "Police seized his computers.",
        [("COERCE", "seized", ["Police"], ["his computers"])],
    ),
    (
        "Teachers in the south have been on strike since Monday.",
        [("PROTEST", "strike", ["Teachers in the south"], [])],
    ),
    (
        "The ministers were in talks with the union.",
        [("CONSULT", "talks", ["The ministers", "the union"], [])],
    ),
    ("The town is under attack.", [("ASSAULT", "attack", [], ["The town"])]),
    ("The deputy is on trial for fraud.", [("ACCUSE", "trial", [], ["The deputy"])]),
    (
        "The rebels took responsibility for the bombing.",
        [("ASSAULT", "bombing", ["The rebels"], [])],
    ),
    (
        "No group has claimed responsibility for the bombing.",
        [("ASSAULT", "bombing", [], [])],
    ),
    (
        "Nurses marched to the ministry to hand over a petition.",
        [("PROTEST", "marched", ["Nurses"], ["the ministry"])],
    ),
    (
        "Police responded with rubber bullets.",
        [("ASSAULT", "rubber bullets", ["Police"], [])],
    ),
    (
        "Kestria demanded the extradition of the banker.",
        [
            ("REQUEST", "demanded", ["Kestria"], []),
            ("COOPERATE", "extradition", [], ["the banker"]),
        ],
    ),
    (
        "The government threatened to send in the army.",
        [
            ("THREATEN", "threatened", ["The government"], []),
            ("MOBILIZE", "send in", ["The government"], []),
        ],
    ),
    (
        "The minister ordered the deployment of 300 troops to the province.",
        [
            ("REQUEST", "ordered", ["The minister"], []),
            ("MOBILIZE", "deployment", ["The minister"], []),
        ],
    ),
    ("The mayor called the accusations baseless.", []),
    (
        "Hundreds of students rallied in support of the teachers.",
        [
            ("PROTEST", "rallied", ["students"], []),
            ("SUPPORT", "support", ["students"], ["the teachers"]),
        ],
    ),
    (
        "The raid on the camp left four fighters dead and nine wounded.",
        [("ASSAULT", "raid", [], ["the camp", "four fighters"])],
    ),
    ("No one was hurt in the attack.", [("ASSAULT", "attack", [], [])]),
    (
        "The court froze the minister's assets.",
        [("SANCTION", "froze", ["The court"], ["the minister"])],
    ),
    (
        "Its foreign minister urged both parties to begin talks on a settlement.",
        [
            ("REQUEST", "urged", ["Its foreign minister"], ["both parties"]),
            ("CONSULT", "talks", ["both parties"], []),
        ],
    ),
    ("Aid convoy attacked near Lenz", [("ASSAULT", "attacked", [], ["Aid convoy"])]),
    ("Journalist shot dead in Gorrat", [("ASSAULT", "shot dead", [], ["Journalist"])]),
    (
        "Kestria accused of shelling border village",
        [
            ("ACCUSE", "accused", [], ["Kestria"]),
            ("ASSAULT", "shelling", ["Kestria"], ["border village"]),
        ],
    ),
    (
        "Police attacked students in Orlin",
        [("ASSAULT", "attacked", ["Police"], ["students"])],
    ),
    (
        "The mayor was shot and wounded by a man on a motorcycle.",
        [
            ("ASSAULT", "shot", ["a man"], ["The mayor"]),
            ("ASSAULT", "wounded", ["a man"], ["The mayor"]),
        ],
    ),
    (
        "Kestria granted Ombria a loan of $2 billion.",
        [("AID", "loan", ["Kestria"], ["Ombria"])],
    ),
    (
        "A gunman took 12 people hostage at a bank.",
        [("ASSAULT", "took", ["A gunman"], ["12 people"])],
    ),
    (
        "Brennia warned Kestria against sending troops across the river.",
        [
            ("THREATEN", "warned", ["Brennia"], ["Kestria"]),
            ("MOBILIZE", "sending", ["Kestria"], []),
        ],
    ),
    (
        "Militiamen forced the villagers to leave.",
        [("COERCE", "forced", ["Militiamen"], ["the villagers"])],
    ),
    (
        "Kestria sent a letter of protest to Ombria.",
        [("ACCUSE", "letter of protest", ["Kestria"], ["Ombria"])],
    ),
    pytest.param(
        'He blamed it on "paid agents of foreign governments".',
        [("ACCUSE", "blamed", ["He"], ["paid agents"])],
        marks=pytest.mark.xfail(reason="record-6 takes 'paid' for a verb", strict=True),
    ),
    (
        "Prosecutors charged the ferryman with fraud.",
        [("ACCUSE", "charged", ["Prosecutors"], ["the ferryman"])],
    ),
    (
        "The council accused the guards of torturing a poacher.",
        [
            ("ACCUSE", "accused", ["The council"], ["the guards"]),
            ("ASSAULT", "torturing", ["the guards"], ["a poacher"]),
        ],
    ),
    ("It offered to send a mediator.", [("AGREE", "offered", ["It"], [])]),
    (
        "Rovia promised to investigate the killings.",
        [
            ("AGREE", "promised", ["Rovia"], []),
            ("ACCUSE", "investigate", ["Rovia"], []),
            ("ASSAULT", "killings", [], []),
        ],
    ),
]


@pytest.mark.weights
@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_plain_sentences(
    reader: Reader, sentence: str, expected: list[tuple[str, str, list[str], list[str]]]
) -> None:
    found = reader.read(make_document(text=sentence, published="2024-05-09"))
    names = {e.id: e.name for e in found.entities or ()}
    events = [
        (
            e.type.value,
            e.trigger.text_in(sentence),
            [names[one] for one in e.actors],
            [names[one] for one in e.recipients],
        )
        for e in found.events or ()
    ]
    assert events == expected
