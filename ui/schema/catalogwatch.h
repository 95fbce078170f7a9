// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace ui {

// Notices what is changed in the current database's catalog by somebody else: asks for its
// fingerprint when the program comes to the front, and every half minute while the window of `view`
// is in sight and somebody was at it in the last five minutes, so that a server which sleeps
// without clients may.
class CatalogWatch : public QObject
{
    Q_OBJECT

public:
    explicit CatalogWatch(QWidget *view);

    void setDatabase(core::OpenDatabase *database);
    // What the half-minute does.
    void tick();

private:
    void stateChanged(Qt::ApplicationState state);

    QWidget *m_view;
    QPointer<core::OpenDatabase> m_database;
    QTimer m_timer;
    QElapsedTimer m_away; // valid while the program is not in front
};

} // namespace ui
