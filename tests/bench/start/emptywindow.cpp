// SPDX-License-Identifier: GPL-3.0-or-later
// bench_empty_window: what Qt itself needs to show a window of the size of ours.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
