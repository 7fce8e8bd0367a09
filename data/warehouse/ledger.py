"""What was loaded, what was refused, what is odd."""

from __future__ import annotations

from data import checks_of_data, exporting
from data.contract import TABLES
from data.facts import DataCheck, LoadedFile, RecordedRow, RefusedFile, RefusedRow
from data.model import (
    Problem,
)
from data.sqltext import quoted
from data.warehouse.every_service import EveryService


class Ledger(EveryService):
    """What was loaded, what was refused, what is odd."""

    def files_loaded(self) -> tuple[LoadedFile, ...]:
        rows = self._rows(
            "SELECT f.load_id, l.loaded_at, f.file, f.table_name, f.rows_in, f.accepted, f.duplicates, f.superseded, "
            "f.rejected, f.ignored, f.first_day, f.last_day, f.retired, f.profile, "
            "l.undone_at FROM store.loaded_file f JOIN store.load l USING (load_id) "
            "ORDER BY f.load_id DESC, f.file_no"
        )
        return tuple(LoadedFile(*row) for row in rows)

    def recorded_rows(self, table: str) -> tuple[RecordedRow, ...]:
        return exporting.recorded_rows(self._con, TABLES[table])

    def people_known(self, service_id: str) -> tuple[str, ...]:
        asked = " UNION ".join(
            f"SELECT person_id FROM {quoted(table.name)} WHERE service_id = $service"
            for table in TABLES.values()
            if {"person_id", "service_id"} <= set(table.columns)
        )
        rows = self._rows(f"SELECT person_id FROM ({asked}) WHERE person_id <> '' ORDER BY 1", {"service": service_id})
        return tuple(row[0] for row in rows)

    def refused_rows(self) -> tuple[RefusedRow, ...]:
        rows = self._rows(
            "SELECT f.file, f.table_name, r.line, r.column_name, r.value, r.reason, r.remedy FROM store.refused r "
            "JOIN store.loaded_file f USING (load_id, file_no) ORDER BY r.load_id DESC, r.file_no, r.line, r.column_name"
        )
        return tuple(RefusedRow(row[0], row[1], Problem(*row[2:])) for row in rows)

    def refused_files(self) -> tuple[RefusedFile, ...]:
        rows = self._rows(
            "SELECT l.loaded_at, r.file, r.why FROM store.refused_file r JOIN store.load l USING (load_id) "
            "ORDER BY r.load_id DESC, r.file"
        )
        return tuple(RefusedFile(*row) for row in rows)

    def data_checks(self) -> tuple[DataCheck, ...]:
        return checks_of_data.all_checks(self._con, self.services(), self.tables_with_rows)

    def is_sample(self) -> bool:
        return bool(self._rows("SELECT 1 FROM store.meta WHERE key = 'sample'"))

    def key_known(self) -> str | None:
        rows = self._rows("SELECT value FROM store.meta WHERE key = 'key_id'")
        return str(rows[0][0]) if rows else None

    def data_version(self) -> str:
        (row,) = self._rows(
            "SELECT coalesce(max(load_id), 0), count(undone_at), max(loaded_at), "
            "(SELECT count(*) FROM store.meta WHERE key = 'erased') FROM store.load"
        )
        return ":".join(map(str, row))
