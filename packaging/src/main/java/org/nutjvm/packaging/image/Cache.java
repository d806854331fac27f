package org.nutjvm.packaging.image;

import java.util.List;

/// What all programs of a kind have in common, as an AOT cache: classes parsed, linked and laid out ahead of time,
/// shared as mapped memory by all processes that use it. Each program has a second one on top, with the rest of what it
/// needs. A process loads all classes of its caches as it starts, some 3 kB each, hence no program's classes are in
/// another's.
///
/// A cache serves exactly the class path it was made with, or one that goes on after it.
enum Cache {
    /// upsd, upsmon and the drivers.
    DAEMONS("daemons", "nut-common slf4j-api logback-classic logback-core jffi"),
    /// The command line tools, and upssched, which upsmon runs at each event.
    TOOLS("tools", "nut-common jffi");

    /// The jar that {@link BuildImage} makes of the trainers.
    static final String TRAINING = "nut-training";

    private final String label;
    private final String artifacts;

    Cache(String label, String artifacts) {
        this.label = label;
        this.artifacts = artifacts;
    }

    /// The libraries and modules of ours that it holds classes of: jars, without their versions.
    List<String> artifacts() {
        return List.of(artifacts.split(" ", -1));
    }

    /// The file's name in the tree's `lib`.
    String file() {
        return label + ".aot";
    }
}
