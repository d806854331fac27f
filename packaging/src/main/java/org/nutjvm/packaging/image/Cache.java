package org.nutjvm.packaging.image;

import java.util.ArrayList;
import java.util.List;

/// An AOT cache: classes parsed, linked and laid out ahead of time, shared as mapped memory by all processes that use
/// it. Each class in it costs each process some 3 kB, hence one cache for all that stays and one for all that comes and
/// goes.
///
/// The jars are those of a class path, without their versions. A cache serves exactly the class path it was made with,
/// so the jar with the trainers is on it for good.
enum Cache {
    /// upsd, upsmon and the drivers.
    DAEMONS(
            "daemons",
            "org.nutjvm.packaging.training.TrainDaemons",
            "nut-common nut-drivers nut-upsd nut-upsmon slf4j-api logback-classic logback-core"),
    /// The command line tools, and upssched, which upsmon runs at each event.
    TOOLS("tools", "org.nutjvm.packaging.training.TrainTools", "nut-common nut-tools nut-upssched");

    /// The jar that {@link BuildImage} makes of the trainers.
    static final String TRAINING = "nut-training";

    final String label;
    final String trainer;
    private final String artifacts;

    Cache(String label, String trainer, String artifacts) {
        this.label = label;
        this.trainer = trainer;
        this.artifacts = artifacts;
    }

    /// The libraries and modules of ours that it needs.
    List<String> artifacts() {
        return List.of(artifacts.split(" ", -1));
    }

    /// The file's name in the tree's `lib`.
    String file() {
        return label + ".aot";
    }

    /// The class path in a directory.
    String classPath(String directory) {
        var jars = new ArrayList<String>();
        for (String artifact : artifacts()) {
            jars.add(directory + "/" + artifact + ".jar");
        }
        jars.add(directory + "/" + TRAINING + ".jar");
        return String.join(":", jars);
    }
}
