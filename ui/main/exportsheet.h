// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/exporter.h"
#include "ui/common/sheet.h"

class QCheckBox;
class QLineEdit;

namespace ui {

class SegmentedControl;

// What an export sheet is about.
struct ExportSubject {
    QString what;         // "public.invoices", or "this query"
    QString fileName;     // without an ending
    QString folder;       // where the file is offered
    double estimate = -1; // rows; < 0 = unknown
    core::ExportSource source;
    bool operator==(const ExportSubject &) const = default;
};

// "Export public.invoices?": format with its options, then where to. Accepted: spec() is complete.
class ExportSheet : public Sheet
{
    Q_OBJECT

public:
    ExportSheet(QWidget *anchor, const ExportSubject &subject);

    [[nodiscard]] core::ExportSpec spec() const;

private:
    void buildFormat();
    void buildTarget();
    void formatChanged();
    void check();
    void browse();

    ExportSubject m_subject;
    SegmentedControl *m_format = nullptr;
    QCheckBox *m_header = nullptr;
    TextLabel *m_says = nullptr;
    QLineEdit *m_path = nullptr;
    TextLabel *m_problem = nullptr;
    Button *m_export = nullptr;
};

} // namespace ui
