"""A folder of shapes that stands for the published ones: two files under their names, one rule, and imports that nobody may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_RULE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix elm: <http://data.europa.eu/snb/model/elm/> .
@prefix dc: <http://purl.org/dc/terms/> .
<https://shapes.example/> a owl:Ontology ; owl:imports <https://shapes.example/more> .
<https://shapes.example/achievement> a sh:NodeShape ; sh:targetClass elm:LearningAchievement ;
  sh:property [ sh:path dc:title ; sh:minCount 1 ] .
"""


def small_shapes(folder: Path) -> Path:
    """`folder`, with the files in it."""
    folder.mkdir(exist_ok=True)
    (folder / "EDC-generic-no-cv.ttl").write_text(_RULE, encoding="utf-8")
    (folder / "EDC-generic-full.ttl").write_text("", encoding="utf-8")
    return folder
