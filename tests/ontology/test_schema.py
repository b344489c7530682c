"""The packaged ontology is the contract, and a wrong file is named with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ontology.errors import SchemaError
from ontology.schema import load_ontology, problems, read_ontology

ENTITIES = (
    """Company Investor Chip Product Person Organization Exchange Project Industry Deal Document Section Metric"""
)
RELATIONS = """
INVESTED_IN ACQUIRED MERGED_WITH HOLDS_STAKE_IN CONTROLS INCREASED_STAKE_IN REDUCED_STAKE_IN TRANSFERS_STAKE_TO
PLEDGED_SHARES_TO GUARANTEES SUBSIDIARY_OF FOUNDED JOINT_VENTURE_WITH SUPPLIES WON_BID_FROM SIGNED_CONTRACT_WITH
PARTNERS_WITH COMPETES_WITH SUED IN_DISPUTE_WITH PARTICIPATES_IN LISTED_ON COVERS DEVELOPS USES BASED_ON
COMPATIBLE_WITH HOLDS_POSITION NEGOTIATING_WITH PLANS_TO_INVEST_IN PLANS_TO_ACQUIRE PLANS_TO_MERGE_WITH
PLANS_TO_INCREASE_STAKE_IN PLANS_TO_REDUCE_STAKE_IN PLANS_TO_LIST_ON
"""
SYMMETRIC = """
MERGED_WITH PLANS_TO_MERGE_WITH JOINT_VENTURE_WITH SIGNED_CONTRACT_WITH PARTNERS_WITH COMPETES_WITH
IN_DISPUTE_WITH NEGOTIATING_WITH
"""
COMPANY: dict[str, object] = {
    "name": "Company",
    "label_zh": "公司",
    "description": "A firm.",
    "description_zh": "企业。",
    "labels": ["Company"],
}
BUYS: dict[str, object] = {
    "name": "BUYS",
    "label_zh": "购买",
    "description": "Buys.",
    "description_zh": "购买。",
    "subject": ["Company"],
    "object": ["Company"],
}


def write(folder: Path, *parts: dict[str, object], **renamed: str) -> Path:
    for part in parts:
        room = folder / ("relations" if "subject" in part else "entities")
        room.mkdir(exist_ok=True)
        name = str(part["name"])
        file = room / renamed.get(name, f"{name.lower()}.yml")
        file.write_text(yaml.safe_dump(part, allow_unicode=True), encoding="utf-8")
    return folder


def test_types_are_those_of_the_contract() -> None:
    ontology = load_ontology()
    assert set(ontology.entities) == set(ENTITIES.split())
    assert set(ontology.relations) == set(RELATIONS.split())
    assert {name for name, relation in ontology.relations.items() if relation.symmetric} == set(SYMMETRIC.split())


def test_packaged_types_fit_together() -> None:
    assert list(problems(load_ontology())) == []


def test_every_plan_has_its_done_form_with_the_same_ends_and_marks() -> None:
    relations = load_ontology().relations
    plans = [relation for name, relation in relations.items() if name.startswith("PLANS_TO_")]
    assert len(plans) == 6
    for plan in plans:
        done = relations[str(plan.done)]
        assert done.pending == plan.name
        assert (done.subject, done.object, done.distinguishing) == (plan.subject, plan.object, plan.distinguishing)
        assert (done.symmetric, done.deal, done.roles) == (plan.symmetric, plan.deal, plan.roles)


def test_every_relation_takes_status_source_and_date() -> None:
    for relation in load_ontology().relations.values():
        assert {"status", "attribution", "date", "date_basis"} <= set(relation.qualifiers), relation.name


def test_investor_is_a_company() -> None:
    assert load_ontology().entities["Investor"].labels == ("Company", "Investor")


def test_types_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_ontology().relations["SUED"].symmetric = True


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"symetric": True}, r"unknown key 'symetric' \(relations/buys.yml\); known keys: name, label_zh"),
        ({"symmetric": "perhaps"}, r"symmetric: 'perhaps' \(relations/buys.yml\)"),
        ({"subject": ["Firm"]}, r"subject: unknown value 'Firm' \(relations/buys.yml\); known: Company"),
        ({"qualifiers": ["colour"]}, "qualifiers: unknown value 'colour'"),
        ({"distinguishing": ["round"]}, "distinguishing: unknown value 'round'"),
        ({"deal": "gift", "roles": {"subject": "A", "object": "B"}}, "deal: unknown value 'gift'"),
        ({"deal": "bid"}, "deal and roles apart"),
        ({"pending": "PLANS_TO_BUY"}, "pending: 'PLANS_TO_BUY' is no relation"),
        ({"pending": "BUYS"}, r"pending: BUYS does not point back .*; add 'done: BUYS' to buys.yml"),
    ],
)
def test_wrong_relation_is_named_with_its_remedy(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        read_ontology(write(tmp_path, COMPANY, BUYS | change))


def test_right_folder_is_read(tmp_path: Path) -> None:
    assert list(read_ontology(write(tmp_path, COMPANY, BUYS)).relations) == ["BUYS"]


def test_missing_key_is_named(tmp_path: Path) -> None:
    part = {key: value for key, value in BUYS.items() if key != "label_zh"}
    with pytest.raises(SchemaError, match="missing key 'label_zh'"):
        read_ontology(write(tmp_path, COMPANY, part))


def test_file_of_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"rename the file to buys.yml"):
        read_ontology(write(tmp_path, COMPANY, BUYS, BUYS="sells.yml"))


def test_labels_must_hold_the_type_itself(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="labels without Investor"):
        read_ontology(write(tmp_path, COMPANY, COMPANY | {"name": "Investor"}, BUYS))


def test_broken_yaml_names_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, COMPANY, BUYS)
    (tmp_path / "relations" / "buys.yml").write_text("name: BUYS\nsubject: [Company\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"broken YAML \(relations/buys.yml:\d\)"):
        read_ontology(tmp_path)
