// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretkeeper.h"

#include <QByteArray>
#include <QString>

namespace core {

/// What ssh asks by way of SSH_ASKPASS, as a question to a person: kind, key, name, user, words and
/// fingerprint. `hint` is $SSH_ASKPASS_PROMPT: "confirm", "none" or nothing. Kinds are told by
/// ssh's own words, from their beginning on: what a server asks has "(user@host) " before it.
[[nodiscard]] SecretWanted readSshPrompt(const QByteArray &hint, const QByteArray &prompt);

/// The environment variable that names the socket of SshQuestions to the program that ssh starts.
inline constexpr auto sshAskVariable = "SLUICE_SSH_ASK";
/// What that program sends: hint, process id of the ssh, prompt, with a zero byte behind each. The
/// answer is this mark and the text; nothing where the answer is no.
inline constexpr char sshAnswerMark = '=';
inline constexpr qsizetype longestSshPrompt = 16'384;
inline constexpr qsizetype longestSshAnswer = 4'096;

/// Whether the program at the other end of a unix socket is run by this user.
[[nodiscard]] bool isOwnPeer(int socket);

/// Both programs are ssh's askpass too, so that no other one has to be found. In main() before
/// anything else: where this is true, its exit code is that of answerSshAskCall().
[[nodiscard]] bool isSshAskCall();
/// Hands the question to the program that started ssh, and its answer to ssh on standard output.
/// Blocks as long as the person takes; uses nothing of Qt.
[[nodiscard]] int answerSshAskCall(int argc, char **argv);

} // namespace core
