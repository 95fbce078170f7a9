// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connectionsheet.h"

#include "core/connect/connectiontest.h"
#include "core/pq/connsecurity.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/project/connectionsteps.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto revealedFor = 60s;
constexpr int sidePadding = 24;
constexpr int labelWidth = 104;
constexpr int besideFrom = 880; // of the window

constexpr std::array places = {core::SecretPlace::Keychain, core::SecretPlace::Ask,
                               core::SecretPlace::None};

struct Mode {
    const char *mode; // empty = the rule
    const char *words;
};
constexpr std::array modes = {
    Mode{"", QT_TRANSLATE_NOOP("ui::ConnectionSheet", "By the rule")},
    Mode{"verify-full", QT_TRANSLATE_NOOP("ui::ConnectionSheet",
                                          "Verified: certificate and host name (verify-full)")},
    Mode{"verify-ca",
         QT_TRANSLATE_NOOP("ui::ConnectionSheet", "Verified: certificate only (verify-ca)")},
    Mode{"require", QT_TRANSLATE_NOOP("ui::ConnectionSheet", "Encrypted, not verified (require)")},
    Mode{"prefer", QT_TRANSLATE_NOOP("ui::ConnectionSheet", "If the server offers it (prefer)")},
    Mode{"disable", QT_TRANSLATE_NOOP("ui::ConnectionSheet", "Never (disable)")},
};

TextLabel *rowLabel(const QString &text, QWidget *buddy, QWidget *parent,
                    TextRole role = TextRole::Body)
{
    auto *label =
        new TextLabel(text, role, role == TextRole::Body ? Ink::Text2 : Ink::Text, parent);
    label->setFixedWidth(grown(labelWidth));
    label->setBuddy(buddy);
    return label;
}

void addRow(QGridLayout *form, QWidget *label, QLayout *fields)
{
    const int row = form->rowCount();
    form->addWidget(label, row, 0, Qt::AlignVCenter);
    form->addLayout(fields, row, 1);
}

QHBoxLayout *line(std::initializer_list<std::pair<QWidget *, int>> parts)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (const auto &[widget, stretch] : parts)
        row->addWidget(widget, stretch);
    return row;
}

void addRule(QGridLayout *form, QWidget *parent)
{
    form->addWidget(new HairLine(Qt::Horizontal, parent), form->rowCount(), 0, 1, 2);
}

} // namespace

ConnectionSheet::ConnectionSheet(QWidget *anchor, const core::SavedConnection &connection,
                                 const QStringList &aliases, const QString &folder)
    : Sheet(anchor, Width::Large)
    , m_before(connection)
    , m_folder(folder)
{
    setObjectName(u"connectionSheet"_s);
    setIconName(u"remote"_s);
    setTitle(connection.id.isEmpty() ? tr("Save a connection?")
                                     : tr("Change “%1”?").arg(isolated(connection.name)));
    setSubtitle(tr("Kept beside your projects, not in a folder."));
    Button *paste = addHeadLink(tr("Paste a URL instead"));
    paste->setObjectName(u"connectionSheet.paste"_s);
    connect(paste, &QAbstractButton::clicked, this, &ConnectionSheet::pasteFromClipboard);
    m_through = new Chip(Meaning::Neutral, u"tunnel"_s, tr("Through ssh"), this);
    m_through->setObjectName(u"connectionSheet.through"_s);
    addToHead(m_through);

    content()->setContentsMargins(0, 0, 0, 0);
    content()->setSpacing(0);
    m_panes = new QBoxLayout(QBoxLayout::LeftToRight);
    m_panes->setSpacing(0);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(sidePadding, 8, 20, 16);
    left->setSpacing(8);
    m_note = new Note(Meaning::Info, {}, {}, this);
    m_note->setObjectName(u"connectionSheet.note"_s);
    m_note->hide();
    left->addWidget(m_note);
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setColumnStretch(1, 1);
    buildAddress(form);
    buildPassword(form);
    buildTls(form);
    buildSsh(form, aliases);
    left->addLayout(form);
    left->addStretch(1);
    m_steps = new ConnectionSteps(this);
    m_panes->addLayout(left, 13);
    m_panes->addWidget(m_steps, 9);
    content()->addLayout(m_panes, 1);
    connect(m_steps, &ConnectionSteps::testWanted, this, [this] { emit testWanted(draft()); });
    connect(m_steps, &ConnectionSteps::stopWanted, this, &ConnectionSheet::testStopWanted);
    connect(m_steps, &ConnectionSteps::decodedWanted, this, [this] {
        m_password->setText(m_decoded.value_or(QString()));
        emit testWanted(draft());
    });
    buildFoot();
    fill(connection);
    m_hide.setSingleShot(true);
    connect(&m_hide, &QTimer::timeout, this, [this] { m_reveal->setChecked(false); });
    setFirstFocus(m_name);
    refresh();
}

QLineEdit *ConnectionSheet::field(const QString &name, const QString &label, bool mono)
{
    auto *edit = new QLineEdit(this);
    edit->setObjectName(u"connectionSheet."_s + name);
    edit->setAccessibleName(label);
    if (mono)
        edit->setFont(ui::font(TextRole::Mono));
    connect(edit, &QLineEdit::textChanged, this, &ConnectionSheet::refresh);
    return edit;
}

void ConnectionSheet::buildAddress(QGridLayout *form)
{
    m_name = field(u"name"_s, tr("Name"), false);
    addRow(form, rowLabel(tr("Name"), m_name, this), line({{m_name, 1}}));
    m_host = field(u"host"_s, tr("Host"));
    m_port = field(u"port"_s, tr("Port"));
    m_port->setValidator(new QIntValidator(1, 65535, m_port));
    m_port->setFixedWidth(grown(72));
    auto *portLabel = new TextLabel(tr("Port"), TextRole::Body, Ink::Text2, this);
    portLabel->setBuddy(m_port);
    addRow(form, rowLabel(tr("Host"), m_host, this),
           line({{m_host, 1}, {portLabel, 0}, {m_port, 0}}));
    m_database = field(u"database"_s, tr("Database"));
    m_user = field(u"user"_s, tr("User"));
    auto *userLabel = new TextLabel(tr("User"), TextRole::Body, Ink::Text2, this);
    userLabel->setBuddy(m_user);
    addRow(form, rowLabel(tr("Database"), m_database, this),
           line({{m_database, 4}, {userLabel, 0}, {m_user, 5}}));
    // What comes all at once was pasted; what is typed is looked at when it is complete.
    connect(m_host, &QLineEdit::textEdited, this, [this](const QString &text) {
        const bool pasted = text.size() > std::exchange(m_hostLength, text.size()) + 8;
        if (pasted && core::looksLikePostgres(text))
            fillFromUrl(text);
    });
    connect(m_host, &QLineEdit::editingFinished, this, [this] {
        if (core::looksLikePostgres(m_host->text()))
            fillFromUrl(m_host->text());
    });
}

void ConnectionSheet::buildPassword(QGridLayout *form)
{
    m_place = new QComboBox(this);
    m_place->setObjectName(u"connectionSheet.place"_s);
    m_place->setAccessibleName(tr("Where the password is kept"));
    m_place->addItems({tr("In the system keychain"), tr("Ask each time"), tr("None")});
    m_password = field(u"password"_s, tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_reveal = Button::iconOnly(u"reveal"_s, tr("Show the password for 60 seconds"), this);
    m_reveal->setObjectName(u"connectionSheet.reveal"_s);
    m_reveal->setCheckable(true);
    connect(m_reveal, &QAbstractButton::toggled, this, &ConnectionSheet::reveal);
    connect(m_place, &QComboBox::currentIndexChanged, this, &ConnectionSheet::refresh);
    addRow(form, rowLabel(tr("Password"), m_password, this),
           line({{m_place, 5}, {m_password, 4}, {m_reveal, 0}}));
    m_hiding = captionLabel({}, this);
    m_hiding->setObjectName(u"connectionSheet.hiding"_s);
    m_hiding->hide();
    form->addWidget(m_hiding, form->rowCount(), 1);
    m_twin = field(u"pooled"_s, tr("Pooled twin"));
    m_twin->setPlaceholderText(tr("host:6432"));
    addRow(form, rowLabel(tr("Pooled twin"), m_twin, this),
           line({{m_twin, 1}, {captionLabel(tr("optional"), this), 0}}));
}

QWidget *ConnectionSheet::fileField(QLineEdit *edit, const QString &name, const QString &label)
{
    Button *browse = Button::iconOnly(u"folder"_s, tr("Choose the file: %1").arg(label), this);
    browse->setObjectName(u"connectionSheet."_s + name + u"Browse"_s);
    connect(browse, &QAbstractButton::clicked, this, [this, edit, label] {
        auto *dialog = new QFileDialog(this, label, QDir::homePath());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    return browse;
}

void ConnectionSheet::buildTls(QGridLayout *form)
{
    addRule(form, this);
    m_tls = new QComboBox(this);
    m_tls->setObjectName(u"connectionSheet.tls"_s);
    m_tls->setAccessibleName(tr("TLS"));
    for (const Mode &mode : modes)
        m_tls->addItem(tr(mode.words));
    connect(m_tls, &QComboBox::currentIndexChanged, this, &ConnectionSheet::refresh);
    addRow(form, rowLabel(tr("TLS"), m_tls, this, TextRole::Heading), line({{m_tls, 1}}));
    m_root = field(u"rootCert"_s, tr("Authority"));
    m_root->setPlaceholderText(tr("the system's authorities"));
    addRow(form, rowLabel(tr("Authority"), m_root, this),
           line({{m_root, 1}, {fileField(m_root, u"rootCert"_s, tr("Authority")), 0}}));
    m_cert = field(u"clientCert"_s, tr("Client certificate"));
    m_cert->setPlaceholderText(tr("no certificate"));
    addRow(form, rowLabel(tr("Client"), m_cert, this),
           line({{m_cert, 1}, {fileField(m_cert, u"clientCert"_s, tr("Client certificate")), 0}}));
    m_key = field(u"clientKey"_s, tr("Key of the client certificate"));
    m_key->setPlaceholderText(tr("its private key"));
    addRow(form, rowLabel(tr("Key"), m_key, this),
           line({{m_key, 1},
                 {fileField(m_key, u"clientKey"_s, tr("Key of the client certificate")), 0}}));
}

void ConnectionSheet::buildSsh(QGridLayout *form, const QStringList &aliases)
{
    addRule(form, this);
    m_ssh = new QComboBox(this);
    m_ssh->setObjectName(u"connectionSheet.ssh"_s);
    m_ssh->setAccessibleName(tr("ssh tunnel"));
    m_ssh->setEditable(true);
    m_ssh->addItem(QString());
    m_ssh->addItems(aliases);
    m_ssh->lineEdit()->setPlaceholderText(tr("none, or [user@]host[:port]"));
    m_ssh->lineEdit()->setObjectName(u"connectionSheet.sshText"_s);
    m_ssh->lineEdit()->setAccessibleName(tr("ssh tunnel"));
    m_ssh->setInsertPolicy(QComboBox::NoInsert);
    connect(m_ssh, &QComboBox::editTextChanged, this, &ConnectionSheet::refresh);
    QHBoxLayout *row = line({{m_ssh, 1}});
    if (!aliases.isEmpty())
        row->addWidget(captionLabel(tr("from ~/.ssh/config"), this));
    addRow(form, rowLabel(tr("ssh tunnel"), m_ssh, this, TextRole::Heading), row);
    m_command = new TextLabel({}, TextRole::Caption, Ink::Text2, this);
    m_command->makeParagraph();
    m_command->setObjectName(u"connectionSheet.command"_s);
    form->addWidget(m_command, form->rowCount(), 1);
    m_beside = new QCheckBox(tr("Show it beside this folder's databases"), this);
    m_beside->setObjectName(u"connectionSheet.beside"_s);
    m_beside->setVisible(!m_folder.isEmpty());
    form->addWidget(m_beside, form->rowCount(), 1);
}

void ConnectionSheet::buildFoot()
{
    m_production = new QCheckBox(tr("Mark as production"), this);
    m_production->setObjectName(u"connectionSheet.production"_s);
    connect(m_production, &QCheckBox::toggled, this, &ConnectionSheet::refresh);
    addToFoot(m_production);
    cancelButton()->setObjectName(u"connectionSheet.cancel"_s);
    Button *only = addButton(tr("Save without connecting"));
    only->setObjectName(u"connectionSheet.save"_s);
    connect(only, &QAbstractButton::clicked, this, [this] { emit saveWanted(draft(), false); });
    Button *both = addPrimary(tr("Save and connect"), false);
    both->setObjectName(u"connectionSheet.connect"_s);
    connect(both, &QAbstractButton::clicked, this, [this] { emit saveWanted(draft(), true); });
}

void ConnectionSheet::fill(const core::SavedConnection &connection)
{
    m_name->setText(connection.name);
    m_host->setText(connection.host);
    m_port->setText(QString::number(connection.port));
    m_database->setText(connection.database);
    m_user->setText(connection.user);
    m_place->setCurrentIndex(int(std::ranges::find(places, connection.secret) - places.begin()));
    if (connection.pooled)
        m_twin->setText(u"%1:%2"_s.arg(connection.pooled->host).arg(connection.pooled->port));
    const auto mode = std::ranges::find_if(
        modes, [&](const Mode &one) { return connection.sslMode == one.mode; });
    m_tls->setCurrentIndex(mode == modes.end() ? 0 : int(mode - modes.begin()));
    m_root->setText(connection.rootCert);
    m_cert->setText(connection.clientCert);
    m_key->setText(connection.clientKey);
    m_ssh->setEditText(connection.ssh ? connection.ssh->text() : QString());
    m_production->setChecked(connection.production);
    m_beside->setChecked(!m_folder.isEmpty() && connection.folder == m_folder);
    if (!connection.id.isEmpty() && connection.secret == core::SecretPlace::Keychain)
        m_password->setPlaceholderText(tr("as it is kept"));
}

ConnectionDraft ConnectionSheet::draft() const
{
    ConnectionDraft draft{m_before, {}};
    core::SavedConnection &connection = draft.connection;
    connection.name = m_name->text().trimmed();
    connection.host = m_host->text().trimmed();
    connection.port = quint16(m_port->text().toUInt());
    connection.database = m_database->text();
    connection.user = m_user->text();
    connection.secret = places[std::size_t(m_place->currentIndex())];
    connection.sslMode = modes[std::size_t(m_tls->currentIndex())].mode;
    connection.rootCert = m_root->text().trimmed();
    connection.clientCert = m_cert->text().trimmed();
    connection.clientKey = m_key->text().trimmed();
    connection.production = m_production->isChecked();
    if (!m_folder.isEmpty())
        connection.folder = m_beside->isChecked() ? m_folder : QString();
    connection.pooled.reset();
    if (const QString twin = m_twin->text().trimmed(); !twin.isEmpty()) {
        const auto place = core::parseHop(twin); // the same notation
        connection.pooled = core::SavedConnection::Twin{
            .host = place ? place->host : twin,
            .port = place && place->port != 0 ? place->port : quint16(6432)};
    }
    connection.ssh.reset();
    if (const QString hop = m_ssh->currentText().trimmed(); !hop.isEmpty())
        connection.ssh = core::parseHop(hop).value_or(core::SshHop{.host = hop});
    if (!m_password->text().isEmpty())
        draft.password = m_password->text();
    return draft;
}

void ConnectionSheet::pasteFromClipboard()
{
    fillFromUrl(QApplication::clipboard()->text());
}

void ConnectionSheet::fillFromUrl(const QString &url)
{
    const auto pasted = core::connectionOfUrl(url);
    if (!pasted) {
        m_note->setMeaning(Meaning::Warning);
        m_note->setSentence(url.trimmed().isEmpty() ? tr("The clipboard holds no address.")
                                                    : pasted.error().message);
        m_note->setSecond(pasted.error().advice);
        return m_note->show();
    }
    core::SavedConnection filled = draft().connection;
    filled.host = pasted->connection.host;
    filled.port = pasted->connection.port;
    filled.database = pasted->connection.database;
    filled.user = pasted->connection.user;
    filled.sslMode = pasted->connection.sslMode;
    filled.rootCert = pasted->connection.rootCert;
    filled.clientCert = pasted->connection.clientCert;
    filled.clientKey = pasted->connection.clientKey;
    if (filled.name.isEmpty())
        filled.name = filled.database.isEmpty() ? filled.host : filled.database;
    fill(filled);
    m_password->setText(pasted->password);
    QStringList left;
    for (const core::ConnChange &change : pasted->dropped)
        left << u"%1: %2"_s.arg(isolated(QString::fromUtf8(change.key)), change.reason);
    m_note->setMeaning(Meaning::Info);
    m_note->setSentence(left.isEmpty() ? tr("The address filled the form.")
                                       : tr("The address filled the form; some was left out."));
    m_note->setSecond(left.join(u"; "_s));
    m_note->show();
}

void ConnectionSheet::reveal(bool on)
{
    m_password->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
    m_reveal->setIconName(on ? u"conceal"_s : u"reveal"_s);
    const QString name = on ? tr("Hide the password") : tr("Show the password for 60 seconds");
    m_reveal->setToolTip(name);
    m_reveal->setAccessibleName(name);
    m_hiding->setVisible(on);
    m_hide.stop();
    if (!on)
        return;
    m_hide.start(revealedFor);
    m_hiding->setText(
        tr("Hidden again at %1")
            .arg(QTime::currentTime().addSecs(int(revealedFor.count())).toString(u"HH:mm:ss"_s)));
}

void ConnectionSheet::showProblem(const core::Error &error)
{
    m_note->setMeaning(Meaning::Danger);
    m_note->setSentence(error.message);
    m_note->setSecond(error.advice);
    m_note->show();
}

void ConnectionSheet::setSteps(const std::vector<core::StepReport> &steps, bool running,
                               const std::optional<QString> &decodedPassword)
{
    m_decoded = decodedPassword;
    m_tried = m_tried || running;
    m_steps->setSteps(steps, running, decodedPassword.has_value());
}

void ConnectionSheet::refresh()
{
    if (!m_production || !m_steps) // not built yet
        return;
    const core::SavedConnection connection = draft().connection;
    m_through->setVisible(connection.ssh.has_value());
    if (!m_tried) // what a test would do
        m_steps->setSteps(core::ConnectionTest(connection, nullptr, {}).steps(), false, false);
    m_password->setEnabled(connection.secret != core::SecretPlace::None);
    m_reveal->setEnabled(m_password->isEnabled());
    if (!m_reveal->isEnabled())
        m_reveal->setChecked(false);
    m_key->setEnabled(!connection.clientCert.isEmpty());
    const QString mode = QString::fromLatin1(core::effectiveSslMode([&connection] {
        core::SavedConnection byRule = connection;
        byRule.sslMode.clear();
        return byRule;
    }()));
    m_tls->setItemText(0, tr("By the rule for this host (%1)").arg(mode));
    if (connection.ssh && !connection.host.isEmpty()) {
        const core::TunnelTarget target{
            .hop = *connection.ssh, .host = connection.host, .port = connection.port};
        m_command->setText(tr("Run by your own ssh: keys, agent, jump hosts and known hosts are "
                              "yours, Sluice holds none of them. %1")
                               .arg(isolated(core::SshTunnel::commandText(target))));
    } else {
        m_command->setText(tr("Your own ssh can carry the connection, with your keys, agent and "
                              "jump hosts."));
    }
}

// The test stands beside the form where there is room, else below it.
void ConnectionSheet::resizeEvent(QResizeEvent *event)
{
    Sheet::resizeEvent(event);
    const bool beside = width() >= grown(besideFrom);
    m_panes->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace ui
