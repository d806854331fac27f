/// Shows the variables of a UPS.
@NullMarked
package org.nutjvm.tools.upsc;

import org.jspecify.annotations.NullMarked;
