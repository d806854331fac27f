/// Sets the variables of a UPS.
@NullMarked
package org.nutjvm.tools.upsrw;

import org.jspecify.annotations.NullMarked;
