"""Small corpora of our own words, in the forms of the corpora of names and coreference."""

from collections.abc import Sequence
from pathlib import Path

IOB2 = """\
# newdoc id = weblog-one
# sent_id = weblog-one-0001
# text = Ms Vale did n't leave Oldport .
1\tMs\tO\t-\t-
2\tVale\tB-PER\t-\tx
3\tdid\tO\t-\t-
4\tn't\tO\t-\t-
5\tleave\tO\t-\t-
6\tOldport\tB-LOC\t-\tx
7\t.\tO\t-\t-

# sent_id = weblog-one-0002
# text = The Dam Board paid.
1\tThe\tO
2\tDam\tB-ORG
3\tBoard\tI-ORG
4\tpaid\tO
5\t.\tO

# newdoc id = email-two
# sent_id = email-two-0001
# text = Kel-ton, Oldport
1\tKel-\tB-LOC
2\tton\tI-LOC
3\t,\tO
4\tOldport\tB-LOC

"""


def conllu_lines(*rows: str) -> str:
    """Lines of CoNLL-U: ``form TAG head relation`` and, after these, the last column."""
    lines = []
    for number, row in enumerate(rows, 1):
        form, tag, head, relation, *misc = row.split(" ", 4)
        fine = "NNP" if tag == "PROPN" else "_"
        cells = (form, form.lower(), tag, fine, "_", head, relation, "_", *(misc or ["_"]))
        lines.append(f"{number}\t" + "\t".join(cells))
    return "\n".join(lines) + "\n\n"


EWT = (
    "# newdoc id = weblog-one\n# sent_id = weblog-one-0001\n"
    "# newpar id = p1\n# text = Ms Vale didn't leave Oldport.\n"
    + conllu_lines(
        "Ms PROPN 2 nmod:desc",
        "Vale PROPN 5 nsubj",
        "did AUX 5 aux",
        "n't PART 5 advmod",
        "leave VERB 0 root",
        "Oldport PROPN 5 obj SpaceAfter=No",
        ". PUNCT 5 punct",
    )
    + "# sent_id = weblog-one-0002\n# newpar id = p2\n# text = The Dam Board paid.\n"
    + conllu_lines(
        "The DET 3 det",
        "Dam PROPN 3 compound",
        "Board PROPN 4 nsubj",
        "paid VERB 0 root SpaceAfter=No",
        ". PUNCT 4 punct",
    )
    + "# newdoc id = email-two\n# sent_id = email-two-0001\n# text = Kelton , Oldport\n"
    + conllu_lines("Kelton PROPN 0 root", ", PUNCT 3 punct", "Oldport PROPN 1 appos")
)

GUM = (
    "# newdoc id = GUM_news_dam\n# newpar\n# newpar_block = head (1 s)\n"
    "# sent_id = GUM_news_dam-1\n# text = Minister Ada Vale's dam\n"
    "3-4\tVale's"
    + "\t_" * 8
    + "\n"
    + conllu_lines(
        "Minister PROPN 2 nmod:desc "
        "Entity=(1-event-new-nnnnn-cf1-5-sgl(2-person-new-sssss-cf1-2-coref-Ada_Vale_%28minister%29",
        "Ada PROPN 5 nmod:poss",
        "Vale PROPN 2 flat",
        "'s PART 2 case Entity=2)",
        "dam NOUN 0 root Entity=1)",
    )
    + "# newpar\n# newpar_block = p (2 s)\n# sent_id = GUM_news_dam-2\n"
    "# text = She asked the Dam Board of Oldport, the state.\n"
    + conllu_lines(
        "She PRON 2 nsubj Entity=(2-person-giv:act-sssss-cf1-1-ana)",
        "asked VERB 0 root",
        "the DET 5 det Entity=(3-organization-new-nnnnn-cf1-3-sgl",
        "Dam PROPN 5 compound",
        "Board PROPN 2 obj",
        "of ADP 7 case",
        "Oldport PROPN 5 nmod Entity=(4-place-new-nnnnn-cf1-1-coref)3)|SpaceAfter=No",
        ", PUNCT 7 punct",
        "the DET 10 det Entity=(4-place-giv:act-nnnnn-cf1-2-appos",
        "state NOUN 7 appos Entity=4)|SpaceAfter=No",
        ". PUNCT 2 punct",
    )
    + "# sent_id = GUM_news_dam-3\n# text = It paid.\n"
    + conllu_lines(
        "It PRON 2 nsubj Entity=(3-organization-giv:act-nnnnn-cf1-1-ana)",
        "paid VERB 0 root SpaceAfter=No",
        ". PUNCT 2 punct",
    )
)

_ONTOGUM = {0: "(1", 3: "1)", 5: "(1)", 7: "(2", 11: "2)", 16: "(2)"}
_GUM_WORDS = (
    "Minister Ada Vale 's dam She asked the Dam Board of Oldport , the state . It paid ."
).split()
ONTOGUM = (
    "# begin document\n"
    + "".join(f"{n}\t{w}\t{_ONTOGUM.get(n, '_')}\n" for n, w in enumerate(_GUM_WORDS))
    + "# end document\n"
)

LITBANK_TEXT = "Old Holt came to the mill .\n`` I know , '' he said .\n".replace("``", '"').replace(
    "''", '"'
)
LITBANK_NOTES = """\
MENTION\tT1\t0\t0\t0\t1\tOld Holt\tPER\tPROP
MENTION\tT2\t0\t4\t0\t5\tthe mill\tFAC\tNOM
MENTION\tT3\t1\t5\t1\t5\the\tPER\tPRON
MENTION\tT4\t1\t1\t1\t1\tI\tPER\tPRON
COREF\tT1\tHolt-0
COREF\tT3\tHolt-0
COREF\tT4\tHolt-0
COP\tT1\tT2
"""
LITBANK_QUOTATIONS = (
    'QUOTE\tQ1\t1\t0\t1\t4\t" I know , "\nATTRIB\tQ1\tHolt-0\nQUOTE\tQ2\t0\t0\t0\t1\tx\n'
)

GAP_COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()


def gap_row(name: str, text: str, pronoun: str, a: str, b: str, meant: str) -> str:
    """A line of GAP; the pronoun is the last of its words in the text."""
    cells = [name, text, pronoun.strip(), str(text.rindex(pronoun) + pronoun.startswith(" "))]
    for role, words_ in (("A", a), ("B", b)):
        cells += [words_, str(text.index(words_)), str(role == meant).upper()]
    return "\t".join([*cells, "http://example.org"])


GAP = "\n".join(
    [
        "\t".join(GAP_COLUMNS),
        gap_row("x-1", 'Ada Vale met "Jo" Holt and thanked her.', "her", "Ada Vale", "Holt", "B"),
        gap_row("x-2", "Ben Ode saw Tom Rill before he left.", " he ", "Ben Ode", "Tom Rill", "A"),
        "",
    ]
)


def write_entity_corpora(folder: Path) -> Path:
    """All of these as files, where the loaders look for them; the folder."""
    ner, coref = folder / "ner", folder / "coref"
    files: Sequence[tuple[Path, str]] = [
        (ner / "uner_ewt" / "en_ewt-ud-dev.iob2", IOB2),
        (folder / "ewt" / "en_ewt-ud-dev.conllu", EWT),
        (
            ner / "wikigold" / "wikigold.conll.txt",
            "Kelton I-LOC\n's I-ORG\nBoard I-ORG\n\nIt O\n. O\n\n-DOCSTART- O\n\nVale I-PER\n",
        ),
        (ner / "wnut17" / "emerging.dev.conll", "Oldport\tB-location\n!\tO\n\t\nVale\tB-person\n"),
        (ner / "broad_twitter" / "btc.dev", "@vale\tB-PER\n\tO\nhi\tO\n\n\n"),
        (folder / "gum" / "conllu" / "dev" / "GUM_news_dam.conllu", GUM),
        (folder / "gum" / "ontogum" / "dev" / "GUM_news_dam.conll", ONTOGUM),
        (coref / "litbank" / "split.tsv", "split\tdocument\ndev\t1_mill\ntrain\t2_other\n"),
        (coref / "litbank" / "coref" / "tsv" / "1_mill_brat.txt", LITBANK_TEXT),
        (coref / "litbank" / "coref" / "tsv" / "1_mill_brat.ann", LITBANK_NOTES),
        (coref / "litbank" / "quotations" / "tsv" / "1_mill_brat.ann", LITBANK_QUOTATIONS),
        (coref / "gap" / "gap-validation.tsv", GAP),
    ]
    for path, content in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
