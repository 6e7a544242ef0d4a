"""Every path and every finding as a source frame with carets: nothing folded, nothing left out."""

from __future__ import annotations

from nephograph.model.answer import Answer
from nephograph.render._blocks import block_lines
from nephograph.render._closing import closing
from nephograph.render._frames import finding_frame, path_frame, problem_frame
from nephograph.render._pen import Pen
from nephograph.render._style import Style
from nephograph.render._summary import headline, worst_findings, worst_paths

DESCRIPTION = "every path and finding with its source lines, carets, causes and fix"


def render(answer: Answer, style: Style) -> str:
    """Problems, paths, findings (worst first, suppressed ones last), then the verdict and the coverage."""
    pen = Pen(style)
    frames = [problem_frame(pen, problem) for problem in answer.errors]
    frames += [path_frame(pen, path) for path in worst_paths(answer.paths)]
    findings = worst_findings(answer.findings)
    frames += [finding_frame(pen, finding) for finding in findings if finding.suppressed is None]
    frames += [finding_frame(pen, finding) for finding in findings if finding.suppressed is not None]
    frames += [block_lines(pen, block) for block in answer.blocks]
    sentence = headline(answer)
    if sentence:
        frames.append(pen.paragraph(sentence, role="bold"))
    frames.append(closing(pen, answer, errors=False))
    return "\n\n".join("\n".join(frame) for frame in frames if frame) + "\n"
