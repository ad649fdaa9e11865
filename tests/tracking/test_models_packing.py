"""Packing the real wheel: pinned bytes, untouched models, MediaPipe's own reading of the metadata."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rehabgames.core.errors import ModelError
from rehabgames.tracking.packing import BUNDLES, KINDS, WHEEL_BYTES, Kind, check_wheel, pack
from rehabgames.tracking.tflite_metadata import ALIGNMENT, with_normalization


@pytest.fixture(scope="module")
def bundles(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    paths = {kind: folder / BUNDLES[kind].file_name for kind in KINDS}
    for kind, path in paths.items():
        path.write_bytes(pack(wheel, kind))
    return paths


def _member(archive: Path, name: str) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name)


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x40
    path.write_bytes(content)


def test_the_fetched_wheel_is_the_pinned_one(wheel: Path) -> None:
    check_wheel(wheel)
    assert wheel.stat().st_size == WHEEL_BYTES


@pytest.mark.parametrize("kind", KINDS)
def test_models_go_into_the_bundle_unchanged(kind: Kind, wheel: Path, bundles: dict[Kind, Path]) -> None:
    for part in BUNDLES[kind].parts:
        packed, original = _member(bundles[kind], part.name), _member(wheel, part.member)
        if part.normalization is None:
            assert packed == original
        else:
            assert len(packed) > len(original)
            assert packed.endswith(original)


@pytest.mark.parametrize("kind", KINDS)
def test_models_are_stored_and_aligned(kind: Kind, bundles: dict[Kind, Path]) -> None:
    whole = bundles[kind].read_bytes()
    with zipfile.ZipFile(bundles[kind]) as archive:
        assert [entry.filename for entry in archive.infolist()] == [p.name for p in BUNDLES[kind].parts]
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            content = archive.read(entry)
            assert whole.index(content) % ALIGNMENT == 0


@pytest.mark.parametrize(
    ("name", "mean", "std"),
    [("pose_detector.tflite", 127.5, 127.5), ("pose_landmarks_detector.tflite", 0.0, 255.0)],
)
def test_mediapipe_reads_the_normalisation(
    name: str, mean: float, std: float, bundles: dict[Kind, Path]
) -> None:
    from mediapipe.tasks.metadata import metadata_schema_py_generated as words  # noqa: PLC0415
    from mediapipe.tasks.metadata import schema_py_generated as schema  # noqa: PLC0415

    model = schema.Model.GetRootAsModel(_member(bundles["pose"], name), 0)
    entries = {model.Metadata(i).Name(): model.Metadata(i).Buffer() for i in range(model.MetadataLength())}
    text = bytes(model.Buffers(entries[b"TFLITE_METADATA"]).DataAsNumpy())
    assert words.ModelMetadata.ModelMetadataBufferHasIdentifier(text, 0)
    metadata = words.ModelMetadataT.InitFromObj(words.ModelMetadata.GetRootAsModelMetadata(text, 0))
    (tensor,) = metadata.subgraphMetadata[0].inputTensorMetadata
    (unit,) = tensor.processUnits
    assert isinstance(tensor.content.contentProperties, words.ImagePropertiesT)
    assert tensor.content.contentProperties.colorSpace == words.ColorSpaceType.RGB
    assert isinstance(unit.options, words.NormalizationOptionsT)
    assert (list(unit.options.mean), list(unit.options.std)) == ([mean], [std])


def test_the_network_reads_the_same_after_the_new_root(wheel: Path) -> None:
    from mediapipe.tasks.metadata import schema_py_generated as schema  # noqa: PLC0415

    part = BUNDLES["pose"].parts[1]
    original = _member(wheel, part.member)
    old = schema.Model.GetRootAsModel(original, 0)
    new = schema.Model.GetRootAsModel(with_normalization(original, 0.0, 255.0), 0)

    def plain(model: schema.Model) -> list[object]:
        graph = model.Subgraphs(0)
        tensors = [graph.Tensors(i) for i in range(graph.TensorsLength())]
        buffers = [model.Buffers(i) for i in range(old.BuffersLength())]
        operators = [graph.Operators(i) for i in range(graph.OperatorsLength())]
        return [
            (model.Version(), model.Description(), model.SubgraphsLength(), model.OperatorCodesLength()),
            [(t.Name(), t.Type(), t.Buffer(), list(t.ShapeAsNumpy())) for t in tensors],
            [(o.OpcodeIndex(), list(o.InputsAsNumpy()), list(o.OutputsAsNumpy())) for o in operators],
            [b"" if b.DataIsNone() else b.DataAsNumpy().tobytes() for b in buffers],
            [(model.Metadata(i).Name(), model.Metadata(i).Buffer()) for i in range(old.MetadataLength())],
        ]

    assert plain(new) == plain(old)
    assert new.BuffersLength() == old.BuffersLength() + 1
    assert new.MetadataLength() == old.MetadataLength() + 1


def test_a_flipped_byte_in_the_wheel_is_found(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / wheel.name
    copy.write_bytes(wheel.read_bytes())
    _flip(copy, 20_000_000)
    with pytest.raises(ModelError, match="checksum is wrong"):
        check_wheel(copy)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_byte_in_a_part_is_found(kind: Kind, wheel: Path, tmp_path: Path) -> None:
    """The zip around it is sound, so only the part's own checksum can tell."""
    first, second = BUNDLES[kind].parts
    forged = bytearray(_member(wheel, second.member))
    forged[len(forged) // 2] ^= 1
    with zipfile.ZipFile(tmp_path / "forged.whl", "w") as archive:
        archive.writestr(first.member, _member(wheel, first.member))
        archive.writestr(second.member, bytes(forged))
    with pytest.raises(ModelError, match=second.member):
        pack(tmp_path / "forged.whl", kind)


def test_a_wheel_without_the_parts_is_told_plainly(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.whl", "w") as archive:
        archive.writestr("mediapipe/__init__.py", "")
    (tmp_path / "text.whl").write_text("no zip at all")
    for name in ("empty.whl", "text.whl"):
        with pytest.raises(ModelError, match=r"holds no readable .*pose_detection\.tflite"):
            pack(tmp_path / name, "pose")


def test_metadata_is_written_once_and_into_tflite_only(wheel: Path) -> None:
    model = _member(wheel, BUNDLES["pose"].parts[1].member)
    once = with_normalization(model, 0.0, 255.0)
    with pytest.raises(ValueError, match="already says"):
        with_normalization(once, 0.0, 255.0)
    with pytest.raises(ValueError, match="not a TFLite"):
        with_normalization(b"\0" * 64, 0.0, 255.0)
