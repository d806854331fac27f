package org.nutjvm.tools.enumerator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.nutjvm.common.io.Reasons;

/// systemd's `nut-driver@INSTANCE.service` units, and what is kept beside them in drop-in files: the device's name, the
/// checksum of its section, what it depends on. Names and contents of the files are upstream's
/// (nut-driver-enumerator.sh: systemd_*).
public final class Units {
    static final String PREFIX = "nut-driver@";
    static final String SUFFIX = ".service";
    private static final String GENERATED = "nut-driver-enumerator-generated";
    private static final String DEVICE = "Environment='DEVICE=\"";

    private final Path directory;
    private final Systemctl systemctl;
    private final Log log;
    private final boolean autoStart;

    Units(Map<String, String> env, Systemctl systemctl, Log log) {
        this.directory = Path.of(env.getOrDefault("SYSTEMD_CONFPATH", "/etc/systemd/system"));
        this.systemctl = systemctl;
        this.log = log;
        this.autoStart = env.getOrDefault("AUTO_START", "yes").equals("yes");
    }

    boolean autoStart() {
        return autoStart;
    }

    /// The name an instance has where systemd does not take the device's.
    static String hashed(String device) {
        return "MD5_" + NormalConf.md5(device);
    }

    /// The instance in a unit's name, which may be given alone.
    static String instance(String unit) {
        String text = unit.substring(unit.lastIndexOf('@') + 1);
        return text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
    }

    static String unit(String instance) {
        return PREFIX + instance + SUFFIX;
    }

    /// All units there are.
    List<String> all() {
        var units = new ArrayList<String>();
        for (String line :
                systemctl.run("show", "--all", PREFIX + "*", "-p", "Id").out().split("\n", -1)) {
            if (line.startsWith("Id=" + PREFIX)) {
                units.add(line.substring("Id=".length()));
            }
        }
        return units;
    }

    /// The instances of all units, sorted.
    List<String> instances() {
        var instances = new ArrayList<String>();
        for (String unit : all()) {
            instances.add(instance(unit));
        }
        Collections.sort(instances);
        return instances;
    }

    /// Makes a unit for a device, and starts it.
    ///
    /// @param needs what the unit wants and comes after
    /// @return whether there is one now, or an administrator does not want one
    boolean register(String device, String driver, String checksum, Needs needs) throws IOException {
        String instance = device;
        if (device.indexOf('/') >= 0 || !systemctl.run("enable", unit(instance)).succeeded()) {
            if (device.indexOf('/') < 0 && masked(instance)) {
                return true;
            }
            log.warn("RETRY with validInstanceName of '" + device + "'");
            instance = hashed(device);
            if (!systemctl.run("enable", unit(instance)).succeeded()) {
                return masked(instance);
            }
        }
        log.info("Enabled instance: '" + PREFIX + instance + "' for NUT configuration section '" + device + "'");
        write(instance, "", needs.dropIn(device));
        checksum(instance, checksum);
        device(instance, device);
        write(instance, "-doclink", """
                [Unit]
                Documentation=man:%1$s(8)
                Documentation=https://www.networkupstools.org/docs/man/%1$s.html
                """.formatted(driver));
        if (!autoStart) {
            return true;
        }
        refresh();
        if (!systemctl.run("start", "--no-block", unit(instance)).succeeded()) {
            log.error("Failed to start '" + unit(instance) + "'");
            return false;
        }
        log.info("Started instance: '" + PREFIX + instance + "' for NUT configuration section '" + device + "'");
        return true;
    }

    private boolean masked(String instance) {
        boolean masked =
                systemctl.run("is-enabled", unit(instance)).out().strip().startsWith("masked");
        if (masked) {
            log.warn("SKIP: Unit '" + unit(instance) + "' seems deliberately masked");
        }
        return masked;
    }

    /// Stops a unit and takes it away.
    void unregister(String instance) throws IOException {
        log.info("Removing instance: '" + PREFIX + instance + "' ...");
        for (int i = 0; i < 3 && !systemctl.run("stop", unit(instance)).succeeded(); i++) {
            log.warn("Failed to stop '" + unit(instance) + "'");
        }
        systemctl.run("disable", unit(instance));
        Path dropIns = dropIns(instance);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dropIns)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(dropIns);
        } catch (NoSuchFileException e) {
            log.debug("no drop-ins for " + instance);
        }
        systemctl.run("reset-failed", unit(instance));
    }

    /// Has systemd read unit files again.
    void refresh() {
        if (!systemctl.run("daemon-reload").succeeded()) {
            log.warn("systemctl daemon-reload failed");
        }
    }

    /// Has upsd take notice of a changed ups.conf, unless it was stopped on purpose.
    void restartServer() {
        String state = systemctl.run("is-active", "nut-server").out().strip();
        if (state.equals("failed")) {
            log.warn("Note: nut-server unit was 'failed' - not disabled by user, so (re)starting it");
        }
        if (state.equals("active") || state.equals("unknown") || state.equals("failed")) {
            log.info("Reloading or restarting NUT data server to make sure it knows new configuration...");
            reloadOrRestart("nut-server");
        }
    }

    /// Has a driver that runs start again.
    void restartDriver(String instance) {
        String state = systemctl.run("is-active", PREFIX + instance).out().strip();
        if (state.equals("active") || state.equals("unknown")) {
            log.info("Reloading or restarting NUT driver instance '" + instance
                    + "' to make sure it knows new configuration...");
            reloadOrRestart(PREFIX + instance);
        }
    }

    private void reloadOrRestart(String unit) {
        if (!systemctl.run("reload-or-restart", unit).succeeded()
                && !systemctl.run("restart", unit).succeeded()) {
            log.error("Failed to restart " + unit);
        }
    }

    /// The device that was noted for an instance, or empty.
    String device(String instance) throws IOException {
        for (String line : read(instance, "-devicename").split("\n", -1)) {
            if (line.startsWith(DEVICE) && line.endsWith("\"'")) {
                return line.substring(DEVICE.length(), line.length() - 2);
            }
        }
        return "";
    }

    void device(String instance, String device) throws IOException {
        write(instance, "-devicename", "[Service]\n" + DEVICE + device + "\"'\n");
    }

    /// The devices that were noted, by instance.
    SequencedMap<String, String> devices() throws IOException {
        var devices = new TreeMap<String, String>();
        if (!Files.isDirectory(directory)) {
            return devices;
        }
        try (DirectoryStream<Path> places = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX + ".d")) {
            for (Path place : places) {
                String name = place.getFileName().toString();
                String instance = instance(name.substring(0, name.length() - ".d".length()));
                String device = device(instance);
                if (!device.isEmpty()) {
                    devices.put(instance, device);
                }
            }
        }
        return devices;
    }

    /// The checksum that was noted, or empty.
    ///
    /// @param instance empty for what stands before all sections
    String checksum(String instance) throws IOException {
        String before = "Environment='" + property(instance) + "=";
        for (String line : read(instance, "-checksum").split("\n", -1)) {
            if (line.startsWith(before) && line.endsWith("'")) {
                return line.substring(before.length(), line.length() - 1);
            }
        }
        return "";
    }

    void checksum(String instance, String checksum) throws IOException {
        write(instance, "-checksum", "[Service]\nEnvironment='" + property(instance) + "=" + checksum + "'\n");
    }

    private static String property(String instance) {
        return instance.isEmpty() ? "SECTION_CHECKSUM_GLOBAL" : "SECTION_CHECKSUM";
    }

    private Path dropIns(String instance) {
        return directory.resolve(unit(instance) + ".d");
    }

    private String read(String instance, String kind) throws IOException {
        try {
            return Files.readString(dropIns(instance).resolve(GENERATED + kind + ".conf"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /// Written beside and moved there: systemd never sees half a file. An empty text means no file.
    private void write(String instance, String kind, String text) throws IOException {
        Path file = dropIns(instance).resolve(GENERATED + kind + ".conf");
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        try {
            Files.createDirectories(dropIns(instance));
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(beside, text, StandardCharsets.ISO_8859_1);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("Can't write " + file + ": " + Reasons.of(e), e);
        }
    }
}
