package org.nutjvm.tools.check;

import org.nutjvm.common.conf.Complaint.Level;

/// One mistake found.
///
/// @param file the file to look at, as it was named when read
/// @param line the physical line, or 0 when the whole file is meant
/// @param what the sentence for the administrator; no passwords
/// @param cure what helps
public record Finding(Mistake mistake, Level level, String file, int line, String what, String cure) {}
