"""Small words for writing SVG in code: tags, documents, blurs and colour ramps."""

from __future__ import annotations

from typing import Final

Value = str | float
Stop = tuple[float, str, float]

DOWN: Final = (0.0, 1.0)
ACROSS: Final = (1.0, 0.0)


def number(value: Value) -> str:
    """At most two decimals: enough for a pixel, and the same text on every machine."""
    return value if isinstance(value, str) else f"{round(value, 2):g}"


def tag(name: str, *inner: str, **attributes: Value) -> str:
    """`<name .../>`; underscores in attribute names become dashes."""
    said = "".join(f' {key.replace("_", "-")}="{number(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inner)}</{name}>" if inner else f"<{name}{said}/>"


def document(
    width: float,
    height: float,
    *inner: str,
    box: tuple[float, float, float, float] | None = None,
    fit: str = "",
) -> str:
    """A whole SVG of `width` × `height` px; `box` (left, top, width, height) is its own measure, fit how that
    fills another shape: "none" is stretched, "xMidYMid slice" is cut."""
    view = {"viewBox": " ".join(number(n) for n in box)} if box else {}
    if fit:
        view["preserveAspectRatio"] = fit
    return tag(
        "svg", *inner, xmlns="http://www.w3.org/2000/svg", width=round(width), height=round(height), **view
    )


def path(d: str, **attributes: Value) -> str:
    return tag("path", d=d, **attributes)


def line(d: str, colour: str, width: float, **attributes: Value) -> str:
    """A path that is only stroked, with round ends."""
    return path(d, fill="none", stroke=colour, stroke_width=width, stroke_linecap="round", **attributes)


def use(
    part: str, x: float, y: float, scale: float, *, turn: float = 0.0, digits: int = 1, **more: Value
) -> str:
    """The part #part, its origin at a place; turned clockwise, degrees; places to so many digits."""
    turned = f" rotate({turn:.0f})" if turn else ""
    where = f"translate({x:.{digits}f} {y:.{digits}f}){turned} scale({scale:.3f})"
    return tag("use", href=f"#{part}", transform=where, **more)


def oval(x: float, y: float, rx: float, ry: float, **more: Value) -> str:
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, **more)


def whole_oval(x: float, y: float, rx: float, ry: float, **more: Value) -> str:
    """In whole units: a short text, where there are thousands."""
    return oval(round(x), round(y), round(rx), round(ry), **more)


def block(x: float, y: float, width: float, height: float, fill: str, **more: Value) -> str:
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def blur(name: str, px: float) -> str:
    return tag(
        "filter",
        tag("feGaussianBlur", stdDeviation=px),
        id=name,
        x="-40%",
        y="-60%",
        width="180%",
        height="220%",
    )


def _stops(stops: tuple[Stop, ...]) -> str:
    return "".join(tag("stop", offset=o, stop_color=c, stop_opacity=a) for o, c, a in stops)


def ramp(name: str, *stops: Stop, towards: tuple[float, float] = DOWN) -> str:
    """A linear gradient from the top left corner to `towards`, in shares of the shape."""
    return tag("linearGradient", _stops(stops), id=name, x1=0.0, y1=0.0, x2=towards[0], y2=towards[1])


def light(name: str, *stops: Stop) -> str:
    """A radial gradient from the middle of the shape."""
    return tag("radialGradient", _stops(stops), id=name)
