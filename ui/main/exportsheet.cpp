// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/exportsheet.h"

#include "core/base/translations.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/segmentedcontrol.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr core::ExportFormat formats[] = {core::ExportFormat::Csv, core::ExportFormat::JsonLines,
                                          core::ExportFormat::Json};
constexpr const char *endings[] = {".csv", ".jsonl", ".json"};

TextLabel *rowLabel(const QString &text, QWidget *parent)
{
    auto *label = new TextLabel(text, TextRole::Body, Ink::Text2, parent);
    label->setFixedWidth(grown(120));
    return label;
}

} // namespace

ExportSheet::ExportSheet(QWidget *anchor, const ExportSubject &subject)
    : Sheet(anchor, Width::Small)
    , m_subject(subject)
{
    setObjectName(u"exportSheet"_s);
    setIconName(u"export"_s);
    setTitle(tr("Export %1?").arg(isolated(subject.what)));
    const QString words = tr("Reads only; the file gets its name when it is complete, stopping "
                             "leaves nothing behind.");
    //: An estimate, "≈ 80,000 rows.", then a sentence
    const QString counted =
        tr("%1 rows. %2", nullptr, core::pluralNumber(qRound64(subject.estimate)));
    setSubtitle(subject.estimate < 0 ? words
                                     : counted.arg(formatEstimate(subject.estimate), words));
    buildFormat();
    buildTarget();
    cancelButton()->setObjectName(u"exportSheet.cancel"_s);
    m_export = addPrimary(tr("Export"));
    m_export->setObjectName(u"exportSheet.export"_s);
    setFirstFocus(m_path);
    formatChanged();
}

void ExportSheet::buildFormat()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(rowLabel(tr("Format"), this));
    m_format = new SegmentedControl({tr("CSV"), tr("JSON Lines"), tr("JSON array")}, this);
    m_format->setObjectName(u"exportSheet.format"_s);
    m_format->setAccessibleName(tr("Format"));
    row->addWidget(m_format);
    row->addStretch();
    content()->addLayout(row);
    auto *first = new QHBoxLayout;
    first->setSpacing(12);
    first->addWidget(rowLabel(tr("First line"), this));
    m_header = new QCheckBox(tr("Column names"), this);
    m_header->setObjectName(u"exportSheet.header"_s);
    m_header->setChecked(true);
    first->addWidget(m_header);
    first->addStretch();
    content()->addLayout(first);
    auto *says = new QHBoxLayout;
    says->setSpacing(12);
    says->addWidget(rowLabel(tr("Values"), this), 0, Qt::AlignTop);
    m_says = new TextLabel(QString(), TextRole::Body, Ink::Text, this);
    m_says->makeParagraph();
    m_says->setObjectName(u"exportSheet.says"_s);
    says->addWidget(m_says, 1);
    content()->addLayout(says);
    connect(m_format, &SegmentedControl::currentChanged, this, &ExportSheet::formatChanged);
}

void ExportSheet::buildTarget()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(rowLabel(tr("To file"), this));
    const QString name = oneLine(m_subject.fileName).replace(QChar::ReplacementCharacter, u'_');
    m_path = new QLineEdit(QDir::toNativeSeparators(m_subject.folder + u'/' + name), this);
    m_path->setObjectName(u"exportSheet.path"_s);
    m_path->setAccessibleName(tr("To file"));
    m_path->setFont(ui::font(TextRole::Mono));
    row->addWidget(m_path, 1);
    Button *browseButton = Button::iconOnly(u"folder"_s, tr("Choose the file"), this);
    browseButton->setObjectName(u"exportSheet.browse"_s);
    row->addWidget(browseButton);
    content()->addLayout(row);
    m_problem = new TextLabel(QString(), TextRole::Caption, Ink::Danger, this);
    m_problem->setObjectName(u"exportSheet.problem"_s);
    m_problem->setContentsMargins(grown(132), 0, 0, 0);
    content()->addWidget(m_problem);
    connect(m_path, &QLineEdit::textChanged, this, &ExportSheet::check);
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        // Replacing a file takes a press of the button itself.
        if (QFileInfo::exists(QDir::fromNativeSeparators(m_path->text())))
            m_export->setFocus();
        else
            m_export->click();
    });
    connect(browseButton, &QAbstractButton::clicked, this, &ExportSheet::browse);
}

void ExportSheet::formatChanged()
{
    const int chosen = m_format->current();
    m_header->setEnabled(formats[chosen] == core::ExportFormat::Csv);
    m_says->setText(formats[chosen] == core::ExportFormat::Csv
                        ? tr("Exact: byte for byte what the server's COPY writes.")
                        : tr("Exact: each row byte for byte what row_to_json gives; numbers keep "
                             "every digit."));
    QString path = m_path->text();
    for (const char *ending : endings) {
        if (path.endsWith(QLatin1StringView(ending)))
            path.chop(qsizetype(qstrlen(ending)));
    }
    m_path->setText(path + QLatin1StringView(endings[chosen]));
    check();
}

void ExportSheet::check()
{
    if (!m_export)
        return;
    const QFileInfo target(QDir::fromNativeSeparators(m_path->text()));
    QString problem;
    if (m_path->text().trimmed().isEmpty() || target.isDir())
        problem = tr("Name a file.");
    else if (!target.absoluteDir().exists())
        problem = tr("The folder does not exist.");
    else if (!QFileInfo(target.absolutePath()).isWritable())
        problem = tr("Nothing can be written into this folder.");
    const bool possible = problem.isEmpty();
    if (possible && target.exists())
        problem = tr("The file exists and will be replaced when the export is complete.");
    m_problem->setText(problem);
    m_problem->setInk(possible ? Ink::Warning : Ink::Danger);
    m_problem->setVisible(!problem.isEmpty());
    m_export->setEnabled(possible);
}

void ExportSheet::browse()
{
    auto *dialog = new QFileDialog(this, tr("Export to"), QFileInfo(m_path->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // the sheet says it
    dialog->selectFile(QFileInfo(m_path->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

core::ExportSpec ExportSheet::spec() const
{
    core::ExportSpec spec;
    spec.source = m_subject.source;
    spec.target.path = QFileInfo(QDir::fromNativeSeparators(m_path->text())).absoluteFilePath();
    spec.format = formats[m_format->current()];
    spec.options.header = m_header->isChecked();
    return spec;
}

} // namespace ui
