package org.nutjvm.common.conf;

import java.util.List;

/// A configuration file split into words, before anybody looks at what they mean.
///
/// @param file the file as it was named to the reader
/// @param lines the lines that have words, in order; malformed ones left out
/// @param complaints what was wrong with the text itself
public record ConfText(String file, List<ConfLine> lines, List<Complaint> complaints) {}
