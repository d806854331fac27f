package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Data files for dummy-ups beside ups.conf (tools/nut-scanner/scan_nut_simulation.c), by their names.
record SimulationSearch(Path directory, Progress progress) implements Search {
    @Override
    public List<Device> find() throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int dot = name.lastIndexOf('.');
                if (dot > 0 && (name.endsWith(".dev") || name.endsWith(".seq"))) {
                    if (Device.clean(name).equals(name)) {
                        names.add(name);
                    } else {
                        progress.say("'" + Device.clean(name) + "' in " + directory
                                + " cannot be written in ups.conf and is left out: give it another name");
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IOException("Failed to open " + directory + ", skip NUT simulation scan", e);
        }
        Collections.sort(names);
        var devices = new ArrayList<Device>();
        for (String name : names) {
            devices.add(Device.of(Kind.SIMULATION, "dummy-ups", name));
        }
        return devices;
    }
}
