"""Who and what a document names: mentions, the entities behind them, who speaks."""
