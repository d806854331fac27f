/// nut-scanner: looks for devices and writes sections of ups.conf for them.
@NullMarked
package org.nutjvm.tools.scanner;

import org.jspecify.annotations.NullMarked;
