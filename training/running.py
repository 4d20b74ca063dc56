"""A model on its way: its optimiser, the running mean of its weights, and a file to go on from."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

# Not trained, and large: the mean of what never moves is itself.
_STILL = "encoder.words.weight"


class Running:
    """Steps of an optimiser; its groups have their full rate as ``base``."""

    def __init__(
        self, model: nn.Module, optimiser: torch.optim.Optimizer, recipe: dict[str, Any], out: Path
    ) -> None:
        """Begin, or go on from the checkpoint in a folder.

        Args:
            model: To be trained, on its device.
            optimiser: Of its parameters.
            recipe: With ``clip`` and ``average``; kept beside the weights.
            out: The folder of the checkpoint.
        """
        self.model, self.optimiser, self.recipe = model, optimiser, recipe
        self.mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.step = 0
        self.checkpoint = out / "checkpoint.pt"
        if self.checkpoint.exists():
            kept = torch.load(self.checkpoint, weights_only=False)
            model.load_state_dict(kept["model"])
            optimiser.load_state_dict(kept["optimiser"])
            self.mean, self.step = kept["mean"], kept["step"]
        self._moving = [k for k, v in self.mean.items() if v.is_floating_point() and k != _STILL]

    def save(self) -> None:
        """Write what is needed to go on; a run that is killed meanwhile leaves the last one."""
        state = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict()}
        part = Path(f"{self.checkpoint}.part")
        torch.save(state | {"mean": self.mean, "step": self.step, "recipe": self.recipe}, part)
        part.replace(self.checkpoint)

    def update(self, loss: Tensor, share: float) -> None:
        """One step of the weights, at a share of the full rates, and of their running mean."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * share
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe["clip"])
        self.optimiser.step()
        self.step += 1
        decay = min(self.recipe["average"], self.step / (self.step + 9))
        with torch.no_grad():
            own = self.model.state_dict()
            torch._foreach_lerp_(
                [self.mean[k] for k in self._moving], [own[k] for k in self._moving], 1 - decay
            )
