"use strict";(()=>{try{let e=localStorage.getItem("onrecord-theme");(e==="light"||e==="dark")&&(document.documentElement.dataset.theme=e)}catch{}})();
