"""The colours of the house: dark, light and high contrast. Python says what is true, these say how it looks."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="console-dark",
    primary="#4c9be8",
    secondary="#7d8fb3",
    accent="#e8b04c",
    foreground="#d7dce5",
    background="#12151c",
    surface="#181c25",
    panel="#232937",
    success="#6bbf7b",
    warning="#e0a83f",
    error="#e5626a",
    dark=True,
    variables={"border": "#3a4358", "border-blurred": "#2a3040", "footer-key-foreground": "#e8b04c"},
)
LIGHT = Theme(
    name="console-light",
    primary="#1a5fb4",
    secondary="#52607a",
    accent="#9a5b00",
    foreground="#1d2330",
    background="#fbfbfa",
    surface="#f2f2f0",
    panel="#e4e5e6",
    success="#1f7a37",
    warning="#8f5a00",
    error="#b3202c",
    dark=False,
    variables={"border": "#a9b0bd", "border-blurred": "#cfd3da", "footer-key-foreground": "#9a5b00"},
)
CONTRAST = Theme(
    name="console-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6060",
    dark=True,
    variables={"border": "#ffffff", "border-blurred": "#a0a0a0", "footer-key-foreground": "#00ffff"},
)
THEMES = (DARK, LIGHT, CONTRAST)
