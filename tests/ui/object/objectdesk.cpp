// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/object/objectdesk.h"

#include "ui/main/documentarea.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace test {

QByteArray billingSchema()
{
    return "CREATE TYPE invoice_status AS ENUM ('draft', 'sent', 'paid', 'void');"
           "CREATE TABLE organisations (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name "
           "text NOT NULL);"
           "CREATE TABLE projects (id bigint PRIMARY KEY);"
           "CREATE TABLE invoices (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
           " organisation_id bigint NOT NULL REFERENCES organisations ON DELETE RESTRICT,"
           " project_id bigint REFERENCES projects, number text NOT NULL,"
           " status invoice_status NOT NULL DEFAULT 'draft', total numeric(12,2) NOT NULL DEFAULT "
           "0,"
           " currency char(3) NOT NULL DEFAULT 'EUR', paid boolean, issued_at timestamptz NOT NULL "
           "DEFAULT now(), due_on date, note text, metadata jsonb DEFAULT '{}', reminder int,"
           " closed_by text, CONSTRAINT invoices_org_number_key UNIQUE (organisation_id, number));"
           "COMMENT ON TABLE invoices IS 'What customers owe.';"
           "COMMENT ON COLUMN invoices.number IS 'Unique within the organisation';"
           "COMMENT ON COLUMN invoices.metadata IS 'Free data from the billing form';"
           "INSERT INTO organisations (name) VALUES ('a');"
           "INSERT INTO invoices (organisation_id, number, total) SELECT 1, g::text, g FROM "
           "generate_series(1, 4000) g;"
           "ALTER TABLE invoices ADD CONSTRAINT invoices_total_check CHECK (total >= 0 OR status = "
           "'void') NOT VALID;"
           "CREATE INDEX invoices_issued_at_idx ON invoices (issued_at DESC);"
           "CREATE INDEX invoices_metadata_gin ON invoices USING gin (metadata);"
           "CREATE TABLE invoice_lines (invoice_id bigint REFERENCES invoices ON DELETE CASCADE, "
           "position int, PRIMARY KEY (invoice_id, position));"
           "CREATE TABLE payments (id uuid PRIMARY KEY, invoice_id bigint REFERENCES invoices);"
           "CREATE VIEW revenue_by_month AS SELECT date_trunc('month', issued_at) AS month, "
           "sum(total) AS total FROM invoices GROUP BY 1;"
           "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    RETURN "
           "NEW;\nEND\n$$;"
           "CREATE FUNCTION close_invoice(invoice bigint) RETURNS void LANGUAGE plpgsql AS "
           "$$\nBEGIN\n    -- Nobody owes anything any more.\n    UPDATE invoices SET status = "
           "'paid', paid = true\n     WHERE id = invoice;\nEND\n$$;"
           "CREATE TRIGGER invoices_audit AFTER INSERT OR UPDATE ON invoices FOR EACH ROW EXECUTE "
           "FUNCTION audit();"
           "CREATE TRIGGER invoices_seen BEFORE UPDATE ON invoices FOR EACH STATEMENT EXECUTE "
           "FUNCTION audit(); ALTER TABLE invoices DISABLE TRIGGER invoices_seen;"
           "ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;"
           "CREATE POLICY own_currency ON invoices FOR SELECT USING (currency = 'EUR');"
           "GRANT SELECT, INSERT ON invoices TO PUBLIC;"
           "CREATE TABLE events (at timestamptz, name text) PARTITION BY RANGE (at);"
           "CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO "
           "('2026-01-01');"
           "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO "
           "('2027-01-01');"
           "ANALYZE"_ba;
}

ObjectDesk::ObjectDesk(const TestDatabase &database, Role role, ui::ThemeController::Choice choice)
    : studio(u"harbour"_s, choice)
    , m_url(database.url(role))
{
}

bool ObjectDesk::present()
{
    studio.highlighters().start();
    return studio.home().write(u".env"_s, "DATABASE_URL=" + m_url.toUtf8() + '\n')
           && studio.present() && studio.openTrusted();
}

ui::ObjectTab *ObjectDesk::current() const
{
    return qobject_cast<ui::ObjectTab *>(studio.window().documents().current());
}

bool ObjectDesk::settled(ui::ObjectTab *tab)
{
    return tab && QTest::qWaitFor([tab] { return !tab->isRunning(); }, 30'000);
}

ui::ObjectTab *ObjectDesk::open(core::ObjectId object)
{
    studio.window().openDefinition(object);
    ui::ObjectTab *tab = current();
    return settled(tab) ? tab : nullptr;
}

ui::ObjectTab *ObjectDesk::openTable(const QString &name)
{
    const core::CatalogPtr catalog = studio.window().currentDatabase()->catalog();
    const auto oid = catalog->resolve(name);
    return oid ? open({core::classCatalog, *oid}) : nullptr;
}

} // namespace test
