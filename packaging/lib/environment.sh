# SPDX-License-Identifier: GPL-3.0-or-later
# The caller's environment, made to fit the box. Sourced by packaging/box; what only the box itself can
# judge (locale, certificates, session bus) is left to lib/inside.sh.

# Compilations are kept outside the checkout, and are found again from another checkout of the same files.
set_build_environment() {
    export CCACHE_DIR=${CCACHE_DIR:-$sluice_cache/ccache} CCACHE_BASEDIR=$sluice_source CCACHE_NOHASHDIR=1
    # A miss costs no second run of the preprocessor: the compiler's own list of headers tells.
    export CCACHE_DEPEND=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-10G}
    mkdir -p "$CCACHE_DIR"
    export SLUICE_BOX_PATH=$sluice_source/build/main/bin
}

# One runtime folder for all calls, so that they meet the same local servers: the caller's own, else ours.
# Sets runtime_host (the folder) and runtime_box (the path that the box has it under).
choose_runtime_folder() {
    local given=${XDG_RUNTIME_DIR:-}
    if [[ $given == /* && -d $given && -O $given && -w $given ]]; then
        runtime_host=$given runtime_box=$given
        return
    fi
    mkdir -p -m 700 "$sluice_cache/run"
    chmod 700 "$sluice_cache/run"
    runtime_host=$sluice_cache/run runtime_box=$sluice_cache/run
}

# A path to a socket may have 107 bytes; a deep cache folder leaves too few for the names in it.
runtime_is_too_deep() { ((${#runtime_host} > 60)); }

# Paths to programs, libraries and plugins of the host mean nothing, or harm, in another system.
forget_host_paths() {
    unset LD_LIBRARY_PATH LD_PRELOAD LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH PKG_CONFIG_PATH \
        CMAKE_PREFIX_PATH CMAKE_TOOLCHAIN_FILE CMAKE_GENERATOR CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS \
        QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QTDIR QML2_IMPORT_PATH PYTHONHOME PYTHONPATH PERL5LIB \
        GIO_EXTRA_MODULES GIO_MODULE_DIR GTK_PATH GTK_MODULES FONTCONFIG_FILE FONTCONFIG_PATH \
        LOCPATH XDG_DATA_DIRS XDG_CONFIG_DIRS BASH_ENV ENV SHELL
    export PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin SHELL=/bin/bash
}

# The X server's cookie may belong to the desktop's user, whom root ceases to overrule once it is uid 1000.
take_x_cookie_along() {
    [[ -n ${DISPLAY:-} && -r ${XAUTHORITY:-} && ! -O $XAUTHORITY ]] || return 0
    install -m 600 "$XAUTHORITY" "$runtime_host/sluice-xauthority"
    export XAUTHORITY=$runtime_box/sluice-xauthority
}

# An X server that is not root does not make the folder of its sockets, and Xvfb in the box never is.
make_x_socket_folder() { [[ -d /tmp/.X11-unix ]] || mkdir -m 1777 /tmp/.X11-unix 2>/dev/null || true; }

# Signals of the terminal are the command's to handle: whoever waits for it ignores them, and it gets them
# back as the caller had them (lib/inside.sh). Only those that the caller does not ignore are ours to touch.
hold_terminal_signals() {
    local signal held=()
    for signal in INT QUIT; do
        [[ $(trap -p "$signal") == "trap -- ''"* ]] && continue
        trap '' "$signal"
        held+=("$signal")
    done
    local IFS=,
    export SLUICE_BOX_SIGNALS="${held[*]}"
}
