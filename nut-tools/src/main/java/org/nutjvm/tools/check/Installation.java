package org.nutjvm.tools.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.UpsdConf;

/// Where NUT's programs are on this machine, ours and C's.
///
/// @param programs the directories where daemons may be
/// @param drivers the directories where drivers may be, unless driverpath says
/// @param path the directories that commands without a path are looked for in
/// @param state the directory of drivers' sockets, unless the configuration names another
/// @param stateForced whether the environment named it, which goes before the configuration
record Installation(List<Path> programs, List<Path> drivers, List<Path> path, Path state, boolean stateForced) {
    private static final List<String> PROGRAMS =
            List.of("/sbin", "/usr/sbin", "/usr/local/sbin", "/usr/local/ups/sbin", "/opt/nut/sbin");
    private static final List<String> DRIVERS =
            List.of("/lib/nut", "/usr/lib/nut", "/usr/libexec/nut", "/usr/local/ups/bin", "/lib/nut/bin");

    /// That of a process with this environment.
    static Installation of(Map<String, String> env, Path state) {
        String home = System.getProperty("nut.home", "");
        var path = new ArrayList<Path>();
        for (String directory :
                env.getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").split(":", -1)) {
            if (directory.startsWith("/")) {
                path.add(Path.of(directory));
            }
        }
        return new Installation(
                places(home, "sbin", PROGRAMS),
                places(home, "bin", DRIVERS),
                path,
                state,
                !env.getOrDefault("NUT_STATEPATH", "").isEmpty());
    }

    Path statepath(ConfSet set) {
        if (stateForced) {
            return state;
        }
        return set.ups()
                .flatMap(c -> c.global(UpsGlobal.STATEPATH))
                .or(() -> set.upsd().flatMap(UpsdConf::statepath))
                .map(Path::of)
                .orElse(state);
    }

    private static List<Path> places(String home, String own, List<String> others) {
        var places = new ArrayList<Path>();
        if (!home.isEmpty()) {
            places.add(Path.of(home, own));
        }
        for (String directory : others) {
            places.add(Path.of(directory));
        }
        return places;
    }

    Optional<Path> program(String name) {
        return in(programs, name);
    }

    String programDirectories() {
        return names(programs);
    }

    Optional<Path> driver(String name, Optional<String> driverpath) {
        return in(driverPlaces(driverpath), name);
    }

    String driverDirectories(Optional<String> driverpath) {
        return names(driverPlaces(driverpath));
    }

    /// driverpath of ups.conf is the only place if it is set.
    private List<Path> driverPlaces(Optional<String> driverpath) {
        return driverpath.map(path -> List.of(Path.of(path))).orElse(drivers);
    }

    Optional<Path> onPath(String command) {
        return in(path, command);
    }

    private static Optional<Path> in(List<Path> places, String name) {
        for (Path place : places) {
            Path file = place.resolve(name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static String names(List<Path> places) {
        var names = new StringBuilder();
        for (Path place : places) {
            names.append(names.isEmpty() ? "" : ", ").append(place);
        }
        return names.toString();
    }
}
