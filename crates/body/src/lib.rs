//! The kinematic figure: anthropometry, forward kinematics, camera projection and drawing as SVG.
