package org.nutjvm.upsd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.upsd.net.Journal;
import org.nutjvm.upsd.net.Server;
import org.nutjvm.upsd.net.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the three configuration files and the environment say (server/conf.c). Each file is read by itself, because a
/// start and a reload read them at different moments.
final class Configuration {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private static final int REQUIRE = 2;

    private final Map<String, String> env;
    private final NutPaths paths;

    Configuration(Map<String, String> env) {
        this.env = env;
        this.paths = NutPaths.of(env);
    }

    NutPaths paths() {
        return paths;
    }

    UpsdConf upsdConf() throws ConfException {
        var conf = UpsdConf.load(paths.confpath());
        Journal.complaints(conf.complaints());
        return conf;
    }

    /// Encryption is asked for and there is none: where clients must prove who they are, serving them in clear
    /// text would be wrong; where they may choose, they are told that it is not configured.
    static void checkEncryption(UpsdConf upsd) throws StartException {
        if (upsd.certrequest().orElse(0) >= REQUIRE) {
            throw new StartException("CERTREQUEST in upsd.conf requires certificates of clients, which this upsd cannot"
                    + " check: it has no TLS. Take CERTREQUEST out to serve in clear text");
        }
        if (upsd.certfile().isPresent() || upsd.certpath().isPresent()) {
            LOG.warn("CERTFILE or CERTPATH in upsd.conf has no effect: this upsd has no TLS and serves in clear text");
        }
    }

    UpsConf upsConf() throws ConfException {
        var conf = UpsConf.load(paths.confpath());
        Journal.complaints(conf.complaints());
        return conf;
    }

    UpsdUsers users() throws ConfException {
        var users = UpsdUsers.load(paths.confpath());
        Journal.complaints(users.complaints());
        return users;
    }

    /// Where the drivers' sockets are: the environment goes before ups.conf, that before upsd.conf.
    Path statepath(UpsdConf upsd, UpsConf ups) {
        String fromEnv = env.get("NUT_STATEPATH");
        Optional<String> fromFile = ups.global(UpsGlobal.STATEPATH);
        if (fromEnv != null && !fromEnv.isEmpty()) {
            overruled(fromFile, UpsConf.FILE, fromEnv);
            overruled(upsd.statepath(), UpsdConf.FILE, fromEnv);
            return paths.statepath();
        }
        return fromFile.or(upsd::statepath).map(Path::of).orElse(paths.statepath());
    }

    private static void overruled(Optional<String> setting, String file, String by) {
        if (setting.isPresent() && !setting.get().equals(by)) {
            LOG.warn(
                    "Ignoring STATEPATH='{}' from {} configuration file, in favor of NUT_STATEPATH='{}' environment"
                            + " variable",
                    setting.get(),
                    file,
                    by);
        }
    }

    Path cmdvartab(UpsdConf upsd) {
        return upsd.datapath().map(Path::of).orElse(paths.datapath()).resolve("cmdvartab");
    }

    boolean allowNoDevice(UpsdConf upsd) {
        return fromEnv("ALLOW_NO_DEVICE", upsd.allowNoDevice().orElse(false));
    }

    boolean allowNotAllListeners(UpsdConf upsd) {
        return fromEnv("ALLOW_NOT_ALL_LISTENERS", upsd.allowNotAllListeners().orElse(false));
    }

    /// As in C only the beginning of the value counts, and any other value is as if there were none.
    private boolean fromEnv(String name, boolean otherwise) {
        String value = env.get(name);
        if (value == null) {
            return otherwise;
        }
        if (begins(value, "TRUE", "YES", "ON", "1")) {
            return true;
        }
        return !begins(value, "FALSE", "NO", "OFF", "0") && otherwise;
    }

    private static boolean begins(String value, String... words) {
        for (var word : words) {
            if (value.regionMatches(true, 0, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /// The devices to serve, with the sockets of their drivers.
    List<Server.Served> served(UpsConf conf, Path statepath) {
        var served = conf.served();
        Journal.complaints(served.complaints());
        var devices = new ArrayList<Server.Served>();
        for (var section : served.sections()) {
            devices.add(device(section, statepath));
        }
        return devices;
    }

    private static Server.Served device(UpsConf.Section section, Path statepath) {
        String driver = section.value(UpsKey.DRIVER).orElse("");
        @Nullable String desc = section.value(UpsKey.DESC).orElse(null);
        return new Server.Served(section.name(), desc, statepath.resolve(driver + '-' + section.name()));
    }
}
