"""Made pairs in the language of news: figures, denials, places, holders and actors exchanged.

All names are invented or are those of no particular body. What is undetermined by the words
alone, such as a second strike on another day, is neutral; what speaks of the same strike
("the strike") and differs is a contradiction.
"""

import random
from collections.abc import Callable

Made = tuple[str, str, int]
E, N, C = range(3)

PLACES = (
    "Odrava Velna Karsk Besimo Tarrin Molvik Ustpol Darenk Salmira Hovde Ketria Janburg Pelasko "
    "Nortal Zevin Arkuna Lubrec Omsheva Gradina Vistra Korlan Mirova Tashkur Belhaven Drost"
).split()
SIDES = (
    "Ketrian forces|the Velnan army|government troops|the rebels|the northern militia|separatists|"
    "the coalition|Marenian troops|the insurgents|the border guard|Ostavian units|the junta"
).split("|")
STATES = "Ketria Velna Marenia Ostavia Taruna Belgrovia Nordalia Sarkosa Irun Palvia".split()
BODIES = (
    "the health ministry|the interior ministry|the mayor|the regional governor|the central bank|"
    "the prosecutor|the electoral commission|the company|the union|the airline|police|the court|"
    "the prime minister|the president|the opposition party|the port authority|the army"
).split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ATTACKS = (
    "air strike|missile strike|drone attack|bomb attack|rocket attack|shelling|raid|car bombing"
).split("|")
TARGETS = (
    "a hospital|a school|a market|a power station|an oil depot|a bridge|a railway station|"
    "an apartment block|a grain store|a military airfield|an arms depot|a checkpoint"
).split("|")
WHO = "civilians people soldiers residents workers children protesters officers".split()
THINGS = (
    "tanks|houses|aircraft|boats|cars|villages|schools|shops|vehicles|warheads|launchers|rifles"
).split("|")
# What happens to a figure, both ways.
RISES = (
    ("rose", "fell"),
    ("increased", "decreased"),
    ("climbed", "dropped"),
    ("went up", "went down"),
    ("grew", "shrank"),
    ("surged", "slumped"),
)
RATES = (
    "unemployment|inflation|exports|the price of wheat|the number of refugees|turnout|the trade "
    "deficit|oil output|the budget|rents|crime|the currency|profits"
).split("|")
# Somebody does something with something; same, opposite.
DEEDS = (
    ("approved", ("backed", "agreed to"), ("rejected", "blocked", "turned down")),
    ("rejected", ("turned down", "refused"), ("accepted", "approved", "agreed to")),
    ("signed", ("put its name to",), ("refused to sign", "declined to sign")),
    ("lifted", ("ended", "removed"), ("extended", "tightened", "kept")),
    ("suspended", ("halted", "paused"), ("resumed", "continued")),
    ("confirmed", ("acknowledged",), ("denied", "disputed")),
    ("won", ("took", "secured"), ("lost",)),
    ("cancelled", ("called off", "scrapped"), ("went ahead with", "confirmed")),
    ("supported", ("endorsed", "backed"), ("opposed", "criticised")),
    ("joined", ("became part of",), ("left", "withdrew from")),
    ("opened", ("inaugurated",), ("closed", "shut")),
    ("increased", ("raised",), ("cut", "reduced")),
)
OBJECTS = {
    "approved": "the budget|the plan|the pipeline|the law|the sale|the deal",
    "rejected": "the offer|the proposal|the amendment|the appeal|the demands",
    "signed": "the treaty|the ceasefire|the trade agreement|the memorandum",
    "lifted": "the curfew|the sanctions|the blockade|the export ban",
    "suspended": "the talks|the flights|gas deliveries|the vaccination campaign|the trial",
    "confirmed": "the outbreak|the leak|the arrests|the withdrawal",
    "won": "the election|the vote|the case|the contract",
    "cancelled": "the summit|the exercise|the visit|the march",
    "supported": "the resolution|the strike|the reform|the candidate",
    "joined": "the alliance|the pact|the coalition|the boycott",
    "opened": "the border crossing|the airport|the dam|the camp",
    "increased": "interest rates|taxes|the quota|troop numbers|tariffs",
}
BASES = {
    "approved": "approve",
    "rejected": "reject",
    "signed": "sign",
    "lifted": "lift",
    "suspended": "suspend",
    "confirmed": "confirm",
    "won": "win",
    "cancelled": "cancel",
    "supported": "support",
    "joined": "join",
    "opened": "open",
    "increased": "increase",
}
WORDS = "two three four five six seven eight nine ten eleven twelve".split()


def number(n: int, rng: random.Random) -> str:
    """A number in words or digits."""
    if 2 <= n <= 12 and rng.random() < 0.6:
        return WORDS[n - 2]
    return f"{n:,}" if n >= 1000 else str(n)


def other(options: list[str], own: str, rng: random.Random) -> str:
    """Another one of some."""
    return rng.choice([one for one in options if one != own])


def figure(rng: random.Random) -> int:
    """Mostly small numbers."""
    return rng.choice((rng.randint(2, 12), rng.randint(13, 90), rng.randint(91, 4000)))


def far(n: int, rng: random.Random) -> int:
    """Another figure."""
    up, down = rng.randint(1, max(1, n)), rng.randint(1, max(1, n // 2))
    found = max(2, rng.choice((n + up, n - down, n * 2, n + 1)))
    return found if found != n else n + 1


def casualties(rng: random.Random) -> list[Made]:
    """Figures of the dead, exact and as bounds."""
    n, place, day, attack = figure(rng), rng.choice(PLACES), rng.choice(DAYS), rng.choice(ATTACKS)
    who, verb = rng.choice(WHO), rng.choice(("killed", "wounded", "injured", "detained"))
    m = far(n, rng)
    n_, m_ = number(n, rng), number(m, rng)
    by = "a" if attack[0] not in "ae" else "an"
    premise = rng.choice(
        (
            f"{n_} {who} were {verb} in {by} {attack} on {place} on {day}.",
            f"On {day}, {by} {attack} on {place} left {n_} {who} {verb}.",
            f"Officials put the number of {who} {verb} in the {attack} on {place} at {n_}.",
            f"The {attack} in {place} {verb} {n_} {who}, officials said.",
        )
    )
    low, high = sorted((n, m))
    low_, high_ = number(low, rng), number(high, rng)
    return [
        (premise, f"The {attack} on {place} {verb} {n_} {who}.", E),
        (premise, f"{m_} {who} were {verb} in the {attack} on {place}.", C),
        (premise, f"The {attack} on {place} {verb} {m_} {who}.", C),
        (premise, f"No {who} were {verb} in the {attack} on {place}.", C),
        (premise, f"Nobody was {verb} in the {attack} on {place}.", C),
        (premise, f"{who.capitalize()} were {verb} in {place}.", E),
        (premise, f"There was {by} {attack} on {place}.", E),
        (
            premise,
            f"{n_} {who} were {verb} in another {attack}, on {other(PLACES, place, rng)}.",
            N,
        ),
        (premise, f"{n_} {who} were {verb} in {place} a week before.", N),
        (premise, f"The government promised help to the families in {place}.", N),
        (
            f"At least {low_} {who} were {verb} in {place}.",
            f"{high_} {who} were {verb} in {place}.",
            N,
        ),
        (
            f"{high_} {who} were {verb} in {place}.",
            f"At least {low_} {who} were {verb} in {place}.",
            E,
        ),
        (
            f"At least {high_} {who} were {verb} in {place}.",
            f"{low_} {who} were {verb} in {place}.",
            C,
        ),
        (
            f"{high_} {who} were {verb} in {place}.",
            f"Fewer than {low_} {who} were {verb} in {place}.",
            C,
        ),
        (
            f"More than {high_} {who} were {verb} in {place}.",
            f"{low_} {who} were {verb} in {place}.",
            C,
        ),
        (
            f"Up to {low_} {who} were {verb} in {place}.",
            f"{high_} {who} were {verb} in {place}.",
            C,
        ),
        (
            f"{low_} {who} were {verb} in {place}.",
            f"Up to {high_} {who} were {verb} in {place}.",
            E,
        ),
    ]


def strikes(rng: random.Random) -> list[Made]:
    """Who hit what, and who denies it."""
    a = rng.choice(SIDES)
    b, place, attack = other(SIDES, a, rng), rng.choice(PLACES), rng.choice(ATTACKS)
    target, A = rng.choice(TARGETS), a[0].upper() + a[1:]
    B, the_target = b[0].upper() + b[1:], "the " + target.split(" ", 1)[1]
    premise = rng.choice(
        (
            f"{A} hit {target} in {place}.",
            f"{A} carried out the {attack} that destroyed {target} in {place}.",
            f"{A} were behind the {attack} on {target} in {place}.",
            f"{target[0].upper()}{target[1:]} in {place} was hit by {a}.",
        )
    )
    hit = f"{A} hit {the_target} in {place}."
    return [
        (premise, hit, E),
        (premise, f"{the_target[0].upper()}{the_target[1:]} in {place} was attacked.", E),
        (premise, f"{A} did not hit {the_target} in {place}.", C),
        (premise, f"{A} never attacked {the_target} in {place}.", C),
        (premise, f"It was {b} who hit {the_target} in {place}, not {a}.", C),
        (premise, f"{B} hit {the_target} in {place}.", C),
        (premise, f"{A} had nothing to do with the attack on {the_target} in {place}.", C),
        (premise, f"{the_target[0].upper()}{the_target[1:]} in {place} was not damaged.", C),
        (f"{A} denied hitting {the_target} in {place}.", hit, C),
        (f"{A} rejected the claim that they had hit {the_target} in {place}.", hit, C),
        (f"{A} may have hit {the_target} in {place}.", hit, N),
        (f"{A} plan to attack {the_target} in {place}.", hit, N),
        (f"{A} threatened to hit {the_target} in {place}.", hit, N),
        (premise, f"{A} attacked {b}.", N),
        (f"{A} attacked {b} near {place}.", f"{B} attacked {a} near {place}.", N),
        (f"{A} attacked {b} near {place}.", f"{B} were attacked by {a} near {place}.", E),
        (premise, f"{A} hit {rng.choice(TARGETS)} in {other(PLACES, place, rng)}.", N),
        (f"An explosion damaged {the_target} in {place}.", hit, N),
    ]


def control(rng: random.Random) -> list[Made]:
    """Who holds a place."""
    a = rng.choice(SIDES)
    b, place = other(SIDES, a, rng), rng.choice(PLACES)
    A, B = a[0].upper() + a[1:], b[0].upper() + b[1:]
    away = other(PLACES, place, rng)
    premise = rng.choice(
        (
            f"{A} have taken {place}.",
            f"{A} captured the town of {place} after days of fighting.",
            f"{A} are in full control of {place}.",
            f"{place} is under the control of {a}.",
            f"{place} fell to {a}.",
        )
    )
    return [
        (premise, f"{A} control {place}.", E),
        (premise, f"{place} is in the hands of {a}.", E),
        (premise, f"{B} control {place}.", C),
        (premise, f"{place} is still held by {b}.", C),
        (premise, f"{A} do not control {place}.", C),
        (premise, f"{A} have not captured {place}.", C),
        (premise, f"{A} failed to take {place}.", C),
        (premise, f"{B} hold {away}.", N),
        (premise, f"{A} will advance on {away}.", N),
        (premise, f"{B} withdrew from {away}.", N),
        (f"{A} are advancing on {place}.", f"{A} control {place}.", N),
        (f"{A} vowed to take {place}.", f"{A} control {place}.", N),
        (f"Fighting goes on in {place} between {a} and {b}.", f"{A} control {place}.", N),
        (f"{A} drove {b} out of {place}.", f"{B} lost {place}.", E),
        (f"{A} drove {b} out of {place}.", f"{B} hold {place}.", C),
        (f"{B} denied that {place} had fallen to {a}.", f"{A} control {place}.", C),
        (f"{B} repelled an attack by {a} on {place}.", f"{A} took {place}.", C),
    ]


def deeds(rng: random.Random) -> list[Made]:
    """Somebody approved, rejected, signed, lifted something."""
    verb, same, opposite = rng.choice(DEEDS)
    obj = rng.choice(OBJECTS[verb].split("|"))
    a = rng.choice((rng.choice(BODIES), rng.choice(STATES)))
    b = other(BODIES, a, rng)
    A, B, day = a[0].upper() + a[1:], b[0].upper() + b[1:], rng.choice(DAYS)
    base = BASES[verb]
    premise = rng.choice(
        (
            f"{A} {verb} {obj} on {day}.",
            f"{A} has {verb} {obj}.",
            f"{A} {verb} {obj}, reports said.",
        )
    ).replace("police has", "police have")
    plain = f"{A} {verb} {obj}."
    return [
        (premise, f"{A} {rng.choice(same)} {obj}.", E),
        (premise, plain, E),
        (premise, f"{A} {rng.choice(opposite)} {obj}.", C),
        (premise, f"{A} did not {base} {obj}.", C),
        (premise, f"{A} has not {verb} {obj}.", C),
        (premise, f"It is not true that {a} {verb} {obj}.", C),
        (premise, f"{B} {verb} {obj}.", N),
        (premise, f"{B} criticised {a}.", N),
        (
            premise,
            f"{A} {verb} {obj} on {other(DAYS, day, rng)}.",
            C if f"on {day}" in premise else N,
        ),
        (f"{A} will {base} {obj} next week.", plain, N),
        (f"{A} may {base} {obj}.", plain, N),
        (f"{A} refused to {base} {obj}.", plain, C),
        (f"{A} denied that it had {verb} {obj}.", plain, C),
        (f"{A} was urged to {base} {obj}.", plain, N),
        (f"{B} demanded that {a} {base} {obj}.", plain, N),
        (f"{B} confirmed that {a} had {verb} {obj}.", plain, E),
        (f"{B} said that {a} had {verb} {obj}.", f"{B} said that {a} had not {verb} {obj}.", C),
        (f"{B} said that {a} had {verb} {obj}.", f"{B} denied that {a} had {verb} {obj}.", C),
        (f"{A} failed to {base} {obj}.", f"{A} did not {base} {obj}.", E),
    ]


def rates(rng: random.Random) -> list[Made]:
    """Something rose or fell, by or to so much."""
    thing, (up, down), n = rng.choice(RATES), rng.choice(RISES), rng.randint(2, 60)
    if rng.random() < 0.5:
        up, down = down, up
    m, state = far(n, rng), rng.choice(STATES)
    T = thing[0].upper() + thing[1:]
    sort = next(pair for pair in RISES if up in pair or down in pair)
    same = rng.choice(RISES)[sort.index(up)]
    premise = f"{T} in {state} {up} by {n} percent last year."
    return [
        (premise, f"{T} in {state} {same}.", E),
        (premise, f"{T} in {state} {down}.", C),
        (premise, f"{T} in {state} {down} by {n} percent last year.", C),
        (premise, f"{T} in {state} {up} by {m} percent last year.", C),
        (premise, f"{T} in {state} did not change last year.", C),
        (premise, f"{T} in {state} will {rng.choice(('rise', 'fall'))} again next year.", N),
        (premise, f"{T} in {other(STATES, state, rng)} {up} by {n} percent last year.", N),
    ]


def counts(rng: random.Random) -> list[Made]:
    """How many of something somebody has, may have or lost."""
    n, thing, state = figure(rng), rng.choice(THINGS), rng.choice(STATES)
    m = far(n, rng)
    low, high = sorted((n, m))
    n_, m_, low_, high_ = (number(x, rng) for x in (n, m, low, high))
    verb = rng.choice(("has", "lost", "destroyed", "deployed", "bought", "handed over"))
    premise = f"{state} {verb} {n_} {thing}."
    rival = other(STATES, state, rng)
    return [
        (premise, f"{state} {verb} {m_} {thing}.", C),
        (premise, f"{state} {verb} exactly {n_} {thing}.", E),
        (f"{state} {verb} {high_} {thing}.", f"{state} {verb} more than {low_} {thing}.", E),
        (f"{state} {verb} no more than {low_} {thing}.", f"{state} {verb} {high_} {thing}.", C),
        (f"{state} {verb} at most {high_} {thing}.", f"{state} {verb} {low_} {thing}.", N),
        (f"{state} {verb} about {n_} {thing}.", f"{state} {verb} {n_} {thing}.", E),
        (premise, f"{rival} {verb} {n_} {thing}.", N),
        (premise, f"{state} {verb} no {thing}.", C),
        (
            f"The treaty limits each side to {low_} {thing}.",
            f"Each side may have {high_} {thing}.",
            C,
        ),
        (f"The treaty limits each side to {n_} {thing}.", f"The treaty allows {n_} {thing}.", E),
    ]


def custody(rng: random.Random) -> list[Made]:
    """Arrests, trials, verdicts."""
    man = rng.choice("driver|editor|general|banker|officer|teacher|smuggler|pilot".split("|"))
    place = rng.choice(PLACES)
    held = f"A former {man} was arrested in {place}."
    guilty = f"The court in {place} found the {man} guilty."
    return [
        (held, f"The {man} was detained in {place}.", E),
        (held, f"The {man} has not been arrested.", C),
        (held, f"The {man} remains at large.", C),
        (held, f"The {man} was convicted.", N),
        (held, f"The {man} was wanted for fraud.", N),
        (guilty, f"The {man} was convicted.", E),
        (guilty, f"The {man} was acquitted.", C),
        (guilty, f"The {man} was cleared of all charges.", C),
        (guilty, f"The {man} will appeal.", N),
        (f"The {man} is accused of fraud.", f"The {man} committed fraud.", N),
        (f"The {man} admitted fraud.", f"The {man} committed fraud.", E),
        (f"The {man} denied committing fraud.", f"The {man} committed fraud.", C),
        (f"The {man} was released from prison in {place}.", f"The {man} is still in prison.", C),
    ]


FRAMES: tuple[Callable[[random.Random], list[Made]], ...] = (
    *(casualties, strikes, control, deeds, rates, counts, custody),
)
# How many pairs of one drawing of a frame are taken.
_TAKEN = 4


def made_pairs(n_pairs: int, rng: random.Random) -> list[Made]:
    """So many pairs of all frames."""
    pairs: list[Made] = []
    while len(pairs) < n_pairs:
        pairs.extend(rng.sample(rng.choice(FRAMES)(rng), _TAKEN))
    return [(p[0].upper() + p[1:], h[0].upper() + h[1:], label) for p, h, label in pairs[:n_pairs]]
