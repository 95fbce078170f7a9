// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/tablesource.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QStringList>

#include <memory>

namespace test {

/// A session and the catalog it loaded.
class Browser
{
public:
    explicit Browser(const core::ConnKeywords &keywords, bool pooled = false);

    /// Loads the catalog anew; false, with a message, when that fails.
    [[nodiscard]] bool load();
    [[nodiscard]] core::SessionThread &session() { return m_session; }
    [[nodiscard]] const core::CatalogPtr &catalog() const { return m_catalog; }
    /// By a name as ::regclass reads it.
    [[nodiscard]] core::Oid oid(const QString &name) const;
    [[nodiscard]] std::unique_ptr<core::TableSource> open(const QString &name,
                                                          core::TableOptions options = {});
    /// All answers of a small request, or none.
    [[nodiscard]] std::vector<core::Table> answers(core::RequestSpec spec);

private:
    core::SessionThread m_session;
    core::CatalogPtr m_catalog;
};

/// What a grid does with a source: wants the rows on screen and moves with them.
class View : public QObject
{
    Q_OBJECT

public:
    explicit View(core::TableSource &source, int height = 40);

    /// Wants the rows and waits until all of them are there. False on an error or after a minute.
    [[nodiscard]] bool show(qint64 top);
    /// To the end, as Ctrl+End does.
    [[nodiscard]] bool showEnd();
    /// Waits until failed() came; its id.
    [[nodiscard]] QByteArray waitForError();

    [[nodiscard]] qint64 top() const { return m_top; }
    [[nodiscard]] qint64 end() const;
    [[nodiscard]] QByteArray text(qint64 row, int column = 0) const;
    /// First cells of the rows on screen.
    [[nodiscard]] QByteArrayList shown(int column = 0) const;
    [[nodiscard]] const std::vector<core::Error> &errors() const { return m_errors; }
    [[nodiscard]] int resets() const { return m_resets; }
    [[nodiscard]] int columnsKnown() const { return m_columnsKnown; }
    void clearErrors() { m_errors.clear(); }

private:
    [[nodiscard]] bool isComplete() const;
    void want();

    core::TableSource &m_source;
    std::vector<core::Error> m_errors;
    qint64 m_top = 0;
    int m_height;
    int m_resets = 0;
    int m_columnsKnown = 0;
    bool m_fresh = false; ///< nothing was shown since show()
};

} // namespace test
