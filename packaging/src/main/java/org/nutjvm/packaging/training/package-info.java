/// The processes whose classes fill the AOT caches. They are part of the image, for a cache fits only the class path it
/// was made with; nobody runs them there.
@NullMarked
package org.nutjvm.packaging.training;

import org.jspecify.annotations.NullMarked;
