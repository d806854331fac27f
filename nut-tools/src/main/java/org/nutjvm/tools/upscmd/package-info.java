/// Runs instant commands of a UPS.
@NullMarked
package org.nutjvm.tools.upscmd;

import org.jspecify.annotations.NullMarked;
