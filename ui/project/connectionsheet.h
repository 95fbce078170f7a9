// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/savedconnections.h"
#include "ui/common/sheet.h"

#include <QTimer>

#include <optional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;

namespace core {
struct StepReport;
}

namespace ui {

class Button;
class Chip;
class ConnectionSteps;
class Note;

// What a form holds: the connection and, where it was typed, its password.
struct ConnectionDraft {
    core::SavedConnection connection;
    std::optional<QString> password;
    bool operator==(const ConnectionDraft &) const = default;
};

// "Save a connection?": the form left, its test right. Returns values: whoever opens it saves,
// tests and closes it. A pasted URL fills the form, in the host's field too.
class ConnectionSheet : public Sheet
{
    Q_OBJECT

public:
    // An id = that one is changed. `aliases` are names of the user's ssh configuration, `folder`
    // the open project's, empty where there is none.
    ConnectionSheet(QWidget *anchor, const core::SavedConnection &connection,
                    const QStringList &aliases, const QString &folder);

    [[nodiscard]] ConnectionDraft draft() const;
    // Where the connection was not accepted.
    void showProblem(const core::Error &error);
    void setSteps(const std::vector<core::StepReport> &steps, bool running,
                  const std::optional<QString> &decodedPassword = {});
    // Fills the form and says what was left out.
    void fillFromUrl(const QString &url);

signals:
    void testWanted(const ui::ConnectionDraft &draft);
    void testStopWanted();
    void saveWanted(const ui::ConnectionDraft &draft, bool connectAfterwards);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildAddress(QGridLayout *form);
    void buildPassword(QGridLayout *form);
    void buildTls(QGridLayout *form);
    void buildSsh(QGridLayout *form, const QStringList &aliases);
    void buildFoot();
    void fill(const core::SavedConnection &connection);
    QLineEdit *field(const QString &name, const QString &label, bool mono = true);
    QWidget *fileField(QLineEdit *edit, const QString &name, const QString &label);
    void pasteFromClipboard();
    void reveal(bool on);
    void refresh();

    core::SavedConnection m_before;
    QString m_folder;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_host = nullptr;
    qsizetype m_hostLength = 0;
    QLineEdit *m_port = nullptr;
    QLineEdit *m_database = nullptr;
    QLineEdit *m_user = nullptr;
    QComboBox *m_place = nullptr;
    QLineEdit *m_password = nullptr;
    Button *m_reveal = nullptr;
    TextLabel *m_hiding = nullptr;
    QLineEdit *m_twin = nullptr;
    QComboBox *m_tls = nullptr;
    QLineEdit *m_root = nullptr;
    QLineEdit *m_cert = nullptr;
    QLineEdit *m_key = nullptr;
    QComboBox *m_ssh = nullptr;
    TextLabel *m_command = nullptr;
    QCheckBox *m_beside = nullptr;
    QCheckBox *m_production = nullptr;
    Note *m_note = nullptr;
    Chip *m_through = nullptr;
    QBoxLayout *m_panes = nullptr;
    ConnectionSteps *m_steps = nullptr;
    QTimer m_hide;
    bool m_tried = false;
    std::optional<QString> m_decoded;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::ConnectionDraft)
