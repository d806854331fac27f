#!/bin/sh
# Starts @NAME@ with the run-time of the tree this file is in. NUT_JAVA_OPTS gives the JVM more options; what is meant
# for other people's Java programs (JAVA_TOOL_OPTIONS and the like) is left out, for it would void the memory settings.
self=$0
if [ -h "$self" ]; then self=$(readlink -f -- "$self"); fi
case $self in /*) ;; *) self=$PWD/$self ;; esac
lib=${self%/*/*}/lib
if ! [ -x "$lib/runtime/bin/@NAME@" ] || ! [ -e "$lib/runtime/lib/modules" ]; then
    self=$(readlink -f -- "$self")
    lib=${self%/*/*}/lib
    if ! [ -x "$lib/runtime/bin/@NAME@" ] || ! [ -e "$lib/runtime/lib/modules" ]; then
        echo "@NAME@: there is no Java run-time in $lib/runtime. Install Java 25 (Debian: openjdk-25-jre-headless) and run" \
            "${lib%/lib}/libexec/nut-java-setup as root, or install nut-jvm-runtime, which brings its own." >&2
        exit 127
    fi
fi
@BEFORE@unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
export MALLOC_ARENA_MAX=1
exec "$lib/runtime/bin/@NAME@" @FLAGS@ \
    "-XX:SharedArchiveFile=$lib/@CACHE@:$lib/@OWN-CACHE@" -cp "@CLASSPATH@" \
    "-Dnut.home=${lib%/lib}" "-Dnut.launcher=$self" -Dnut.program=@NAME@ \
    $NUT_JAVA_OPTS @MAIN@ "$@"
