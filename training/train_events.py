"""Train the network that judges events on the frozen encoder, and write its file.

    ONRECORD_CORPORA=… python -m training.train_events RECIPE WEIGHTS_FOLDER OUT

Reads the annotated articles once with the weights of the folder (OUT/samples.pkl, made again
when it is deleted), trains, prints how it does on the articles that are kept back, and
writes OUT/events.npz and OUT/events.json, the settings for the manifest. It takes a quarter
of an hour on one core. `--export` puts both into the folder. `--only-parties` learns who acts
and suffers alone, and takes all else from the file in the folder. `--without own_world` lays a
file of `training/events` aside.
"""

import argparse
import json
import os
import pickle
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluation.event_articles import load_annotated
from onrecord.config import Config
from onrecord.events.around import N_AROUND
from onrecord.events.learned import EVENTS_FILE, FACTUALITIES, N_ASSERTERS, STATEMENT_SIGNS
from onrecord.events.pair_scores import FARTHEST, JOINT_SCALE, N_JOINT
from onrecord.events.pair_signs import N_SIGNS, TYPES
from onrecord.pipeline import Reader
from training.event_samples import NOT_ASKED, SampleReader, TextSamples, sentences_alone
from training.export_extra import add_file

_FLOOR = -20.0
# Layers that tell of parties; of the first layer it is the columns behind the others.
_OF_PARTIES = ("pair_", "both_", "joint_")


class EventNet(nn.Module):
    """The layers, as `onrecord.events.learned` has them."""

    def __init__(self, recipe: dict[str, Any], words_NX: Tensor, n_modes: int) -> None:
        super().__init__()
        width, sides, pair = recipe["width"], recipe["width_sides"], recipe["width_pair"]
        self.width = width
        self.mean = nn.Parameter(words_NX.mean(0), requires_grad=False)
        self.scale = nn.Parameter(words_NX.std(0) + 1e-5, requires_grad=False)
        self.dropout = float(recipe["dropout"])
        self.layer = nn.Linear(words_NX.shape[1], width + sides)
        self.types = nn.Linear(width, len(TYPES) + 1)
        self.types_lexicon = nn.Linear(len(TYPES) + 1, len(TYPES) + 1, bias=False)
        self.near = nn.Linear(N_AROUND * width, len(TYPES) + 1, bias=False)
        self.modes = nn.Linear(width, n_modes)
        self.factuality = nn.Linear(width, len(FACTUALITIES))
        self.factuality_rule = nn.Embedding(len(FACTUALITIES), len(FACTUALITIES))
        self.pair_own = nn.Linear(sides, pair)
        self.pair_other = nn.Linear(sides, pair, bias=False)
        self.pair_signs = nn.EmbeddingBag(N_SIGNS, pair, mode="sum")
        self.pair_out = nn.Linear(pair, 2)
        self.both_own = nn.Linear(sides, recipe["width_both"], bias=False)
        self.both_other = nn.Linear(sides, recipe["width_both"], bias=False)
        self.pair_direct = nn.EmbeddingBag(N_SIGNS, 2, mode="sum")
        self.joint_in = nn.Linear(N_JOINT, recipe["width_joint"])
        self.joint_out = nn.Linear(recipe["width_joint"], 2)
        self.asserter_own = nn.Linear(width, recipe["width_asserter"])
        self.asserter_cue = nn.Linear(width, recipe["width_asserter"], bias=False)
        self.asserter_signs = nn.EmbeddingBag(STATEMENT_SIGNS, recipe["width_asserter"], mode="sum")
        self.asserter_out = nn.Linear(recipe["width_asserter"], N_ASSERTERS)
        for bag in (self.pair_signs, self.asserter_signs):
            nn.init.normal_(bag.weight, std=0.05)
        of_joint = (self.joint_out.weight, self.joint_out.bias)
        for zeros in (self.near.weight, self.pair_direct.weight, *of_joint):
            nn.init.zeros_(zeros)
        nn.init.eye_(self.factuality_rule.weight)

    def drop(self, given: Tensor) -> Tensor:
        return functional.dropout(given, self.dropout, training=self.training)

    def states(self, words_NX: Tensor) -> tuple[Tensor, Tensor]:
        """The numbers of words: those of what happens, and those of parties."""
        plain = self.drop((words_NX - self.mean) / self.scale)
        states = self.drop(torch.relu(self.layer(plain)))
        return states[:, : self.width], states[:, self.width :]

    def typed(self, states: Tensor, lexicon: Tensor, around_NK: Tensor) -> Tensor:
        """Scores of no event and of each type, with what stands around a word."""
        around = states[around_NK.clamp(min=0)] * (around_NK >= 0)[..., None]
        return self.types(states) + self.types_lexicon(lexicon) + self.near(around.flatten(1))

    def pairs(self, own: Tensor, other: Tensor, signs: Tensor) -> Tensor:
        """Scores of candidates as actor and recipient."""
        hidden = self.pair_own(own) + self.pair_other(other) + self.pair_signs(signs)
        both = self.both_own(own) * self.both_other(other)
        direct = both.reshape(len(own), 2, -1).sum(2) + self.pair_direct(signs)
        return self.pair_out(self.drop(torch.relu(hidden))) + direct

    def jointly(self, best_E2: Tensor, event_E: Tensor, n_events: int) -> Tensor:
        """Scores of the entities of events that hear of the best others of their event."""
        index = event_E[:, None].expand(-1, 2)
        none = torch.full((n_events, 2), -FARTHEST)
        top = none.scatter_reduce(0, index, best_E2, "amax")[event_E]
        others = best_E2.masked_fill(best_E2 >= top, -FARTHEST)
        second = none.scatter_reduce(0, index, others, "amax")[event_E]
        other = torch.where(best_E2 >= top, second, top)
        given = torch.cat([best_E2, other], 1).clamp(-FARTHEST, FARTHEST) / JOINT_SCALE
        return best_E2 + self.joint_out(torch.relu(self.joint_in(given)))

    def asserters(self, own: Tensor, cue: Tensor, signs: Tensor) -> Tensor:
        """Scores of the outlet, the innermost statement and the one around it."""
        hidden = self.asserter_own(own) + self.asserter_cue(cue) + self.asserter_signs(signs)
        return self.asserter_out(self.drop(torch.relu(hidden)))

    def exported(self) -> dict[str, np.ndarray]:
        """The layers by name, (in, out), the scaling of words in the first."""
        weight = (self.layer.weight / self.scale).T
        out = {"layer": weight, "layer_bias": self.layer.bias - self.mean @ weight}
        for name, one in self.named_children():
            if name == "layer":
                continue
            is_linear = isinstance(one, nn.Linear)
            out[name] = one.weight.T if is_linear else one.weight
            if is_linear and one.bias is not None:
                out[f"{name}_bias"] = one.bias
        renamed = {"pair_own_bias": "pair_bias", "asserter_own_bias": "asserter_bias"}
        return {
            renamed.get(name, name): value.detach().numpy().astype(np.float16)
            for name, value in out.items()
        }


class Batches:
    """All articles as tensors, an article after the other."""

    def __init__(self, texts: Sequence[TextSamples], modes: Sequence[tuple[str, str]]) -> None:
        number = {mode: n for n, mode in enumerate(modes)}
        self.texts = texts
        self.words = [torch.tensor(t.words_NX.astype(np.float32)) for t in texts]
        self.lexicon = [torch.tensor(t.lexicon_NL.astype(np.float32)) for t in texts]
        self.types = [torch.tensor(t.type_N) for t in texts]
        self.around = [torch.tensor(t.around_NK) for t in texts]
        self.factuality = [torch.tensor(t.factuality_N) for t in texts]
        self.rules = [torch.tensor(np.maximum(t.rule_N, 0)) for t in texts]
        self.modes = [
            torch.tensor(
                [number.get(m, NOT_ASKED) if m else NOT_ASKED for m in t.mode_N], dtype=torch.long
            )
            for t in texts
        ]

    def loss(self, net: EventNet, some: Sequence[int], recipe: dict[str, Any]) -> Tensor:
        """The sum of all losses over some articles."""
        if recipe["only_parties"]:
            return self.loss_of_parties(net, some, net.states(self.words_of(some))[1])
        words = self.words_of(some)
        states, sides = net.states(words)
        lexicon = torch.cat([self.lexicon[n] for n in some])
        scores = net.typed(states, lexicon, self.around_of(some))
        types = torch.cat([self.types[n] for n in some])
        loss = functional.cross_entropy(scores, types, ignore_index=NOT_ASKED)
        told = net.factuality(states)
        told = told + net.factuality_rule(torch.cat([self.rules[n] for n in some]))
        factuality = torch.cat([self.factuality[n] for n in some])
        modes = torch.cat([self.modes[n] for n in some])
        if (factuality != NOT_ASKED).any():
            loss = loss + recipe["factuality"] * functional.cross_entropy(
                told, factuality, ignore_index=NOT_ASKED
            )
        if (modes != NOT_ASKED).any():
            loss = loss + recipe["modes"] * functional.cross_entropy(
                net.modes(states), modes, ignore_index=NOT_ASKED
            )
        loss = loss + recipe["parties"] * self.loss_of_parties(net, some, sides)
        scores_A, asserters = self.asserters(net, some, states)
        if len(asserters):
            loss = loss + recipe["asserters"] * functional.cross_entropy(scores_A, asserters)
        return loss

    def words_of(self, some: Sequence[int]) -> Tensor:
        """The vectors of the words of some articles."""
        return torch.cat([self.words[n] for n in some])

    def around_of(self, some: Sequence[int]) -> Tensor:
        """The words around those of some articles, counted over all of these."""
        at = np.cumsum([0, *(len(self.words[n]) for n in some)])
        moved = [
            torch.where(self.around[n] < 0, -1, self.around[n] + first)
            for n, first in zip(some, at, strict=False)
        ]
        return torch.cat(moved)

    def loss_of_parties(self, net: EventNet, some: Sequence[int], sides: Tensor) -> Tensor:
        """That of who acts and who suffers."""
        scores_E2, party_E2 = self.parties(net, some, sides)
        if not len(party_E2):
            return sides.sum() * 0
        return functional.binary_cross_entropy_with_logits(
            scores_E2, party_E2.clamp(min=0), weight=(party_E2 >= 0).float()
        )

    def _placed(self, some: Sequence[int]) -> Any:
        at = 0
        for n in some:
            for one in self.texts[n].triggers:
                yield at, one
            at += len(self.words[n])

    def parties(self, net: EventNet, some: Sequence[int], states: Tensor) -> tuple[Tensor, Tensor]:
        """Scores and labels of the entities of all triggers, the best candidate of each."""
        own, other, signs, entity, labels, n_entities = [], [], [], [], [], 0
        events: list[np.ndarray] = []
        for at, one in self._placed(some):
            if len(one.words_S) == 0:
                continue
            own.append(np.full(len(one.words_S), at + one.word))
            other.append(at + one.words_S)
            signs.append(one.signs_SG)
            entity.append(n_entities + one.entity_S)
            labels.append(one.party_E2)
            events.append(np.full(len(one.party_E2), len(events)))
            n_entities += len(one.party_E2)
        if not own:
            return torch.zeros(0, 2), torch.zeros(0, 2)
        pairs = net.pairs(
            states[torch.tensor(np.concatenate(own))],
            states[torch.tensor(np.concatenate(other))],
            torch.tensor(np.concatenate(signs)),
        )
        index = torch.tensor(np.concatenate(entity))[:, None].expand(-1, 2)
        best = torch.full((n_entities, 2), _FLOOR)
        best = best.scatter_reduce(0, index, pairs, "amax", include_self=True)
        best = net.jointly(best, torch.tensor(np.concatenate(events)), len(events))
        return best, torch.tensor(np.concatenate(labels))

    def asserters(
        self, net: EventNet, some: Sequence[int], states: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores and labels of the triggers that statements hold."""
        asked = [(at, one) for at, one in self._placed(some) if one.asserter != NOT_ASKED]
        if not asked:
            return torch.zeros(0, N_ASSERTERS), torch.zeros(0, dtype=torch.long)
        cues = torch.tensor([at + one.cue if one.cue >= 0 else 0 for at, one in asked])
        known = torch.tensor([[float(one.cue >= 0)] for _, one in asked])
        scores = net.asserters(
            states[torch.tensor([at + one.word for at, one in asked])],
            states[cues] * known,
            torch.tensor([one.signs_A for _, one in asked]),
        )
        return scores, torch.tensor([one.asserter for _, one in asked])


def measured(net: EventNet, dev: Batches) -> dict[str, float]:
    """How it does on articles that it has not seen, in per cent, with the best thresholds."""
    net.eval()
    every = range(len(dev.texts))
    with torch.no_grad():
        states, of_sides = net.states(torch.cat(dev.words))
        scores = net.typed(states, torch.cat(dev.lexicon), dev.around_of(every))
        told = net.factuality(states) + net.factuality_rule(torch.cat(dev.rules))
        party_scores, parties = dev.parties(net, every, of_sides)
        asserter_scores, asserters = dev.asserters(net, every, states)
    types, likely = torch.cat(dev.types), torch.softmax(scores, 1)
    asked = types != NOT_ASKED
    sure, best = 1 - likely[asked, 0], likely[asked, 1:].argmax(1) + 1
    right, n_events = (best == types[asked]), int((types > 0).sum())
    core = torch.tensor(np.concatenate([t.is_core_N for t in dev.texts]))[asked]
    out: dict[str, float] = {}
    for least in np.arange(0.3, 0.71, 0.05):
        shown = sure >= float(least)
        n_right = int((shown & right).sum())
        f1 = 200 * n_right / (int(shown.sum()) + n_events)
        free = int((shown & right & ~core).sum())
        n_core = int((shown & right & core).sum())
        core_f1 = 200 * n_core / (int(shown.sum()) - free + int(core.sum()))
        if f1 > out.get("types", 0):
            out |= {"types": f1, "core": core_f1, "least": float(least)}
    known = torch.cat(dev.factuality)
    is_told = known != NOT_ASKED
    out["factuality"] = 100 * float((told[is_told].argmax(1) == known[is_told]).float().mean())
    out["factuality_rule"] = 100 * float(
        (torch.cat(dev.rules)[is_told] == known[is_told]).float().mean()
    )
    sides = torch.sigmoid(party_scores)
    for side, role in enumerate(("actors", "recipients")):
        n_all = sum(one.n_parties[side] for t in dev.texts for one in t.triggers)
        for least in np.arange(0.3, 0.61, 0.05):
            shown = (sides[:, side] >= float(least)) & (sides[:, side] >= sides[:, 1 - side])
            shown &= parties[:, side] >= 0
            n_right = float((shown & (parties[:, side] > 0)).sum())
            f1 = 200 * n_right / (float(shown.sum()) + n_all)
            if f1 > out.get(role, 0):
                out |= {role: f1, f"least_{role}": float(least)}
    out["asserter"] = 100 * float((asserter_scores.argmax(1) == asserters).float().mean())
    out["asserter_innermost"] = 100 * float((asserters == 1).float().mean())
    return {name: round(value, 2) for name, value in out.items()}


def trained(recipe: dict[str, Any], train: Batches, dev: Batches, n_modes: int) -> EventNet:
    """The network after all epochs."""
    torch.manual_seed(recipe["seed"])
    net = EventNet(recipe, torch.cat(train.words), n_modes)
    own = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(own, recipe["rate"], weight_decay=recipe["weight_decay"])
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe["average"])
    )
    dice = np.random.default_rng(recipe["seed"])
    for epoch in range(recipe["epochs"]):
        net.train()
        for group in optimizer.param_groups:
            group["lr"] = recipe["rate"] * (1 - epoch / recipe["epochs"])
        order = dice.permutation(len(train.texts))
        for at in range(0, len(order), recipe["batch"]):
            loss = train.loss(net, order[at : at + recipe["batch"]].tolist(), recipe)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            mean.update_parameters(net)
        print(epoch + 1, json.dumps(measured(mean.module, dev)), flush=True)
    return mean.module.eval()


def with_parties(path: Path, new: dict[str, np.ndarray], width: int) -> dict[str, np.ndarray]:
    """The layers of a file with those of parties out of others."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if not name.startswith(_OF_PARTIES)}
    arrays |= {name: value for name, value in new.items() if name.startswith(_OF_PARTIES)}
    for name in ("layer", "layer_bias"):
        arrays[name] = np.concatenate([arrays[name][..., :width], new[name][..., width:]], axis=-1)
    return arrays


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--only-parties", action="store_true")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--without", action="append", default=[], metavar="FILE")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    recipe["only_parties"] = args.only_parties
    # The sentences that are read by themselves are those of the recipe's own seed.
    seed_of_samples = recipe["seed"]
    recipe["seed"] = recipe["seed"] if args.seed is None else args.seed
    torch.set_num_threads(recipe["threads"])
    args.out.mkdir(parents=True, exist_ok=True)
    kept = args.out / "samples.pkl"
    if not kept.exists():
        corpora = Path(os.environ["ONRECORD_CORPORA"])
        read = SampleReader(Reader(Config(weights=args.weights)))
        articles = load_annotated(corpora, "learned", without=args.without)
        alone = [
            one
            for article in articles
            for one in sentences_alone(article, recipe["alone"], seed_of_samples)
        ]
        dev = load_annotated(corpora, "dev")
        both = [[read(one) for one in (*articles, *alone)], [read(one) for one in dev]]
        kept.write_bytes(pickle.dumps(both, protocol=4))
    texts, dev_texts = pickle.loads(kept.read_bytes())  # noqa: S301 - written by us above
    modes = sorted({mode for text in texts for mode in text.mode_N if mode is not None})
    train, dev = Batches(texts, modes), Batches(dev_texts, modes)
    net = trained(recipe, train, dev, len(modes))
    scores = measured(net, dev)
    print(json.dumps(scores))
    arrays = net.exported()
    if args.only_parties:
        arrays = with_parties(args.weights / EVENTS_FILE, arrays, recipe["width"])
    arrays["thresholds"] = np.array(
        [recipe["least"], recipe["least_actors"], recipe["least_recipients"]], dtype=np.float16
    )
    np.savez_compressed(args.out / EVENTS_FILE, **arrays)  # type: ignore[arg-type]
    settings = {"event_modes": modes}
    (args.out / "events.json").write_text(json.dumps(settings))
    if args.export:
        shutil.copy(args.out / EVENTS_FILE, args.weights / EVENTS_FILE)
        add_file(args.weights, EVENTS_FILE, settings)


if __name__ == "__main__":
    main()
