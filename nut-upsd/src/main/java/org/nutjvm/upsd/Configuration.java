package org.nutjvm.upsd;

import java.nio.file.Path;
import java.time.Instant;
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
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.upsd.net.Journal;
import org.nutjvm.upsd.net.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the three configuration files and the environment say (server/conf.c). Each file is read by itself, because a
/// start and a reload read them at different moments.
final class Configuration {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

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

    /// Where hosts.allow and hosts.deny are.
    Path hostsDirectory() {
        return Path.of(env.getOrDefault("NUT_HOSTS_ACCESS_PATH", "/etc"));
    }

    /// How clients' connections are encrypted. Where nothing asks for that, nothing of it is loaded.
    ///
    /// @throws TlsException it is asked for and cannot be had as it is set up
    Optional<ServerTls> tls(UpsdConf upsd) throws TlsException {
        boolean unset = upsd.certfile().isEmpty() && upsd.certpath().isEmpty();
        if (unset && upsd.certrequest().orElse(0) == 0) {
            if (upsd.certident().isPresent()) {
                LOG.warn("CERTIDENT in upsd.conf has no effect without CERTFILE: connections are not encrypted");
            }
            return Optional.empty();
        }
        var tls = ServerTls.of(upsd, Instant.now());
        if (tls.isEmpty()) {
            LOG.warn("CERTPATH in upsd.conf has no effect without CERTFILE: connections are not encrypted");
        }
        tls.ifPresent(settings -> settings.warnings().forEach(LOG::warn));
        exposed(upsd.certfile());
        return tls;
    }

    private static void exposed(Optional<String> certfile) {
        if (certfile.isPresent() && Permissions.openToAll(Path.of(certfile.get()))) {
            LOG.warn(
                    "WARNING: {} is world readable (hope you don't have passwords there; chmod o-rwx {} keeps others out"
                            + " of its key)",
                    certfile.get(),
                    certfile.get());
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
