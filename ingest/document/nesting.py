"""Where a reader is among the elements of a Word file, and whether what it reads there is left out."""


class Nesting:
    """The elements that are open, outermost first."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._left_out_from: int | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether what comes now is no text of the page."""
        return self._left_out_from is not None

    def above(self, steps: int) -> str:
        """The name of the element so many steps above the innermost one, which is 0; empty beyond the outermost."""
        return self._path[-1 - steps] if steps < len(self._path) else ""

    def enter(self, name: str) -> None:
        """An element begins."""
        self._path.append(name)

    def leave(self) -> str | None:
        """The innermost element ends: its name, or None if it was inside what is left out."""
        depth = len(self._path)
        name = self._path.pop()
        if self._left_out_from is not None and depth > self._left_out_from:
            return None
        self._left_out_from = None
        return name

    def leave_out(self, name: str) -> None:
        """Leave out everything up to the end of the innermost element of that name, if there is one."""
        if name in self._path:
            self._left_out_from = len(self._path) - self._path[::-1].index(name)
