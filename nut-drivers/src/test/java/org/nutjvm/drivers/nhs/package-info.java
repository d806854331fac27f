@NullMarked
package org.nutjvm.drivers.nhs;

import org.jspecify.annotations.NullMarked;
