"""A document that is plain data of a JSON file, and knows where in the file it stands."""

from __future__ import annotations

from nephograph.model.span import Origin, Path
from nephograph.sources.json_places import JsonText
from nephograph.sources.written import DataDocument


class PlacedDocument(DataDocument, frozen=True, eq=False):
    """A `DataDocument` whose places are found in the text when somebody asks.

    `place` is the path of the object in the file, `values` the paths, relative to the object, below which its
    attributes stand (several, because a plan says known and unknown values apart).
    """

    text: JsonText | None = None
    place: Path = ()
    values: tuple[Path, ...] = ()

    def origin(self, path: Path) -> Origin | None:
        """The place of the value, else of what holds it, else of the object."""
        if self.text is None:
            return super().origin(path)
        span = None
        if path:
            for below in self.values:
                start = (*self.place, *below)
                # The attribute itself must be there; what lies deeper may be inside a text.
                span = self.text.nearest((*start, *path), len(start) + 1)
                if span is not None:
                    break
        return Origin(self.said, self.address, span or self.text.span(self.place) or self.span, self.call, self.time)
